using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using PaymentApp.Ledger;

namespace PaymentApp.Tests.Ledger.Postgres;

/// <summary>Nodes of two versions run side by side while the newer one is rolled out: the ledger suits both.</summary>
public sealed class MigrationRulesTests
{
    [Fact]
    public void No_migration_breaks_a_node_of_the_version_before_it()
    {
        using var context = Context();
        var assembly = context.GetService<IMigrationsAssembly>();
        var migrations = assembly.Migrations.Select(migration => (migration.Key, Migration: assembly.CreateMigration(migration.Value, context.Database.ProviderName!))).ToList();

        Assert.NotEmpty(migrations);
        Assert.Empty(migrations.Zip(migrations.Skip(1)).SelectMany(pair =>
            MigrationRules.Problems(pair.Second.Migration.UpOperations, pair.First.Migration.TargetModel).Select(problem => $"{pair.Second.Key}: {problem}")));
    }

    [Fact]
    public void What_older_nodes_need_not_know_of_may_be_added()
    {
        Assert.Empty(Problems(migration =>
        {
            migration.CreateTable("Coupons", table => new { Id = table.Column<long>() });
            migration.AddColumn<string>("Language", "Orders", nullable: true);
            migration.AddColumn<int>("Parts", "Orders", nullable: false, defaultValue: 1);
            migration.CreateIndex("IX_Orders_Email", "Orders", "Email");
            migration.AlterColumn<string>("Number", "Orders", type: "text", nullable: false, oldClrType: typeof(string), oldMaxLength: 16);
            migration.Sql("UPDATE \"Orders\" SET \"Parts\" = 1");
        }));
    }

    [Fact]
    public void What_the_version_before_does_not_use_any_more_may_go()
    {
        Assert.Empty(Problems(migration =>
        {
            migration.DropColumn("UsedTwoVersionsAgo", "Orders");
            migration.DropTable("UsedTwoVersionsAgo");
        }));
    }

    public static TheoryData<string, Action<MigrationBuilder>> Breaking => new()
    {
        { "drops a column", migration => migration.DropColumn("Email", "Orders") },
        { "drops a column of a value", migration => migration.DropColumn("AmountMinorUnits", "Orders") },
        { "renames a column", migration => migration.RenameColumn("Email", "Orders", "Mail") },
        { "drops a table", migration => migration.DropTable("Inbox") },
        { "renames a table", migration => migration.RenameTable("Inbox", newName: "Events") },
        { "demands what nobody writes", migration => migration.AddColumn<string>("Language", "Orders", nullable: false) },
        { "demands what some leave out", migration => migration.AlterColumn<string>("Email", "Orders", nullable: false, oldClrType: typeof(string), oldNullable: true) },
        { "leaves out what some need", migration => migration.AlterColumn<string>("Number", "Orders", nullable: true, oldClrType: typeof(string)) },
        { "shortens", migration => migration.AlterColumn<string>("Number", "Orders", maxLength: 8, nullable: false, oldClrType: typeof(string), oldMaxLength: 16) },
        { "changes a type", migration => migration.AlterColumn<int>("Number", "Orders", nullable: false, oldClrType: typeof(string)) },
        { "forbids doubles", migration => migration.CreateIndex("IX_Orders_Email", "Orders", "Email", unique: true) },
        { "is not known", migration => migration.AddCheckConstraint("CK", "Orders", "\"Number\" <> ''") },
    };

    [Theory]
    [MemberData(nameof(Breaking))]
    public void What_breaks_older_nodes_is_noticed(string what, Action<MigrationBuilder> change) =>
        Assert.True(Problems(change).Count == 1, what);

    private static IReadOnlyList<string> Problems(Action<MigrationBuilder> change)
    {
        using var context = Context();
        var migration = new MigrationBuilder(context.Database.ProviderName);
        change(migration);
        return MigrationRules.Problems(migration.Operations, (IReadOnlyModel)context.GetService<IDesignTimeModel>().Model);
    }

    private static LedgerContext Context() => LedgerDatabase.CreateContext(
        (DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>().UseLedger("Host=nowhere").Options);
}
