using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentApp.Ledger.Migrations
{
    /// <summary>What the desk searches by e-mail address and counts by country, when disputes were opened and ended, and what operators were told.</summary>
    public partial class DeskSearchAndNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "EmailKey",
                table: "Payments",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WarnedAt",
                table: "FraudWarnings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EndedAt",
                table: "Disputes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OpenedAt",
                table: "Disputes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CardCountry",
                table: "Attempts",
                type: "TEXT",
                maxLength: 2,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EventSources",
                columns: table => new
                {
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    LastAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastCount = table.Column<int>(type: "INTEGER", nullable: false),
                    LastNewAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FailingSince = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventSources", x => x.Source);
                });

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OrderNumber = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    MailId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FoundAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SentAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Key);
                });

            // What EmailAddress.Key computes: an address has no letters but those of ASCII.
            migrationBuilder.Sql(
                """
                UPDATE "Payments" SET "EmailKey" = (SELECT lower("Email") FROM "Orders" WHERE "Orders"."Id" = "Payments"."OrderId")
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Payments_EmailKey_PlacedKey",
                table: "Payments",
                columns: new[] { "EmailKey", "PlacedKey" },
                filter: "\"EmailKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_FraudWarnings_RecordedAt",
                table: "FraudWarnings",
                column: "RecordedAt",
                filter: "\"IsActionable\"");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_FoundAt",
                table: "Notices",
                column: "FoundAt",
                filter: "\"SentAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_MailId",
                table: "Notices",
                column: "MailId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EventSources");

            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropIndex(
                name: "IX_Payments_EmailKey_PlacedKey",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_FraudWarnings_RecordedAt",
                table: "FraudWarnings");

            migrationBuilder.DropColumn(
                name: "EmailKey",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "WarnedAt",
                table: "FraudWarnings");

            migrationBuilder.DropColumn(
                name: "EndedAt",
                table: "Disputes");

            migrationBuilder.DropColumn(
                name: "OpenedAt",
                table: "Disputes");

            migrationBuilder.DropColumn(
                name: "CardCountry",
                table: "Attempts");
        }
    }
}
