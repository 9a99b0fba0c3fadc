using Npgsql;
using PaymentApp.Ledger.Postgres;

namespace PaymentApp.Tests.Ledger.Postgres;

public sealed class PostgresConnectionTests
{
    [Theory]
    [InlineData("Host=db;Database=shop;Username=shop", true)]
    [InlineData("server = db ; database = shop", true)]
    [InlineData("postgres://shop@db/shop", true)]
    [InlineData("PostgreSQL://db", true)]
    [InlineData("Data Source=payments.db", false)]
    [InlineData("Filename=postgres.db;Mode=ReadOnly", false)]
    [InlineData("Data Source=Host", false)]
    [InlineData("=", false)]
    [InlineData("", false)]
    public void The_connection_string_says_which_database_it_is_for(string connection, bool isPostgres) =>
        Assert.Equal(isPostgres, PostgresConnection.IsUsedBy(connection));

    [Fact]
    public void A_URL_is_read_as_PostgreSQL_reads_it()
    {
        var read = Read("postgres://shop%40eu:p%40ss%3Aw%2Ford@db.example:6432/pay%20ments?sslmode=verify-full&connect_timeout=7&application_name=till&sslrootcert=/etc/ca.pem");

        Assert.Equal(("db.example", 6432, "pay ments"), (read.Host, read.Port, read.Database));
        Assert.Equal(("shop@eu", "p@ss:w/ord"), (read.Username, read.Password));
        Assert.Equal((SslMode.VerifyFull, 7, "till", "/etc/ca.pem"), (read.SslMode, read.Timeout, read.ApplicationName, read.RootCertificate));
    }

    [Fact]
    public void A_short_URL_leaves_the_rest_to_the_server()
    {
        var read = Read("postgresql://db/shop");

        Assert.Equal(("db", 5432, "shop", null, null), (read.Host, read.Port, read.Database, read.Username, read.Password));
    }

    [Fact]
    public void What_a_connection_string_leaves_open_is_bounded()
    {
        var bounded = Read("Host=db");
        var given = Read("Host=db;Timeout=60;Command Timeout=90;Maximum Pool Size=3;Application Name=till;Max Auto Prepare=0");

        Assert.Equal((5, 10, 25, "PaymentApp"), (bounded.Timeout, bounded.CommandTimeout, bounded.MaxPoolSize, bounded.ApplicationName));
        Assert.Equal(100, bounded.MaxAutoPrepare);
        Assert.Equal((60, 90, 3, "till"), (given.Timeout, given.CommandTimeout, given.MaxPoolSize, given.ApplicationName));
        Assert.Equal(0, given.MaxAutoPrepare);
    }

    [Theory]
    [InlineData("Host=db;Password=secret;Color=blue")]
    [InlineData("Host=db;Password=secret;Port=many")]
    [InlineData("Host=db;Password=secret;SSL Mode=perhaps")]
    [InlineData("postgres://shop:secret@db:port/shop")]
    [InlineData("postgres://shop:secret@db/shop?color=blue")]
    [InlineData("postgres://shop:secret@db/shop?sslmode=perhaps")]
    [InlineData("postgres://shop:sec#ret@db/shop")]
    public void A_connection_string_that_cannot_be_read_is_named_without_its_password(string connection)
    {
        var refused = Assert.Throws<ArgumentException>(() => PostgresConnection.Normalize(connection));

        Assert.Contains("ConnectionStrings:Payments", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", refused.ToString(), StringComparison.Ordinal);
    }

    private static NpgsqlConnectionStringBuilder Read(string connection) => new(PostgresConnection.Normalize(connection));
}
