using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentApp.Ledger.Migrations
{
    /// <summary>
    /// Moves what waited, in three places, into the one queue. In plain statements: where EF Core rebuilds a table in
    /// SQLite it leaves the transaction, and a start that is killed in between would find half a ledger.
    /// </summary>
    public partial class WorkQueue : Migration
    {
        private const string Columns =
            "\"Kind\", \"Subject\", \"OrderId\", \"Status\", \"DueAt\", \"Tries\", \"Revision\", \"ScheduledAt\", \"Note\", \"CreatedAt\", \"EndedAt\"";

        private static readonly string[] ToWork =
        [
            // Orders that nobody came to pay had no look: now they end, too.
            $"INSERT INTO \"Work\" ({Columns}) SELECT 'Look', \"OrderId\", \"OrderId\", 'Waiting', " +
                "coalesce(\"NextLookAt\", datetime(\"MovedAt\", '+1 day')), 0, 0, \"MovedAt\", NULL, \"MovedAt\", NULL " +
                "FROM \"Payments\" WHERE \"NextLookAt\" IS NOT NULL OR \"State\" = 'AwaitingPayment'",
            $"INSERT INTO \"Work\" ({Columns}) SELECT 'Event', \"EventId\", NULL, CASE \"Status\" WHEN 'Ignored' THEN 'Done' ELSE \"Status\" END, " +
                "\"NextTryAt\", \"Tries\", 0, \"ReceivedAt\", \"Error\", \"ReceivedAt\", \"EndedAt\" FROM \"Inbox\"",
            "UPDATE \"Fulfilments\" SET \"FulfilledAt\" = \"ReleasedAt\"",
        ];

        private static readonly (string Table, string Column)[] Dropped =
        [
            ("Payments", "Looks"), ("Payments", "NextLookAt"),
            ("Inbox", "EndedAt"), ("Inbox", "Error"), ("Inbox", "NextTryAt"), ("Inbox", "Status"), ("Inbox", "Tries"),
        ];

        private static readonly string[] FromWork =
        [
            "UPDATE \"Payments\" SET \"NextLookAt\" = (SELECT \"DueAt\" FROM \"Work\" WHERE \"Kind\" = 'Look' AND \"Subject\" = \"Payments\".\"OrderId\" AND \"Status\" = 'Waiting') " +
                "WHERE \"IntentId\" IS NOT NULL OR \"State\" <> 'AwaitingPayment'",
            "UPDATE \"Inbox\" SET (\"Status\", \"NextTryAt\", \"Tries\", \"Error\", \"EndedAt\") = " +
                "(SELECT \"Status\", \"DueAt\", \"Tries\", \"Note\", \"EndedAt\" FROM \"Work\" WHERE \"Kind\" = 'Event' AND \"Subject\" = \"Inbox\".\"EventId\")",
            "DELETE FROM \"Timeline\" WHERE \"Event\" = 'Fulfilled' AND \"Actor\" = 'Shop'",
            "UPDATE \"Timeline\" SET \"Event\" = 'Fulfilled' WHERE \"Event\" = 'Released'",
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "FulfilledAt",
                table: "Fulfilments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EventCursor",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Newest = table.Column<DateTime>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventCursor", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Work",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    OrderId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    FailingSince = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClaimId = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    ScheduledAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Work", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Work_Kind_Subject",
                table: "Work",
                columns: new[] { "Kind", "Subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Work_Status_DueAt",
                table: "Work",
                columns: new[] { "Status", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Work_Status_EndedAt",
                table: "Work",
                columns: new[] { "Status", "EndedAt" });

            foreach (var statement in ToWork)
                migrationBuilder.Sql(statement);

            migrationBuilder.DropIndex(name: "IX_Payments_NextLookAt", table: "Payments");
            migrationBuilder.DropIndex(name: "IX_Inbox_Status_NextTryAt", table: "Inbox");
            foreach (var (table, column) in Dropped)
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" DROP COLUMN \"{column}\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Looks",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "NextLookAt",
                table: "Payments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EndedAt",
                table: "Inbox",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Error",
                table: "Inbox",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "NextTryAt",
                table: "Inbox",
                type: "TEXT",
                nullable: false,
                defaultValue: DateTime.UnixEpoch);

            migrationBuilder.AddColumn<string>(
                name: "Status",
                table: "Inbox",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Done");

            migrationBuilder.AddColumn<int>(
                name: "Tries",
                table: "Inbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Payments_NextLookAt",
                table: "Payments",
                column: "NextLookAt");

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_Status_NextTryAt",
                table: "Inbox",
                columns: new[] { "Status", "NextTryAt" });

            foreach (var statement in FromWork)
                migrationBuilder.Sql(statement);

            migrationBuilder.DropTable(name: "EventCursor");
            migrationBuilder.DropTable(name: "Work");
            migrationBuilder.Sql("ALTER TABLE \"Fulfilments\" DROP COLUMN \"FulfilledAt\"");
        }
    }
}
