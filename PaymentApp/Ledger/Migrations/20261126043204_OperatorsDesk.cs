using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentApp.Ledger.Migrations
{
    /// <summary>What the desk lists, filters and counts by, and what operators did.</summary>
    public partial class OperatorsDesk : Migration
    {
        // What PlacedKey and FailureCodes compute. Old orders are told apart by their row, as new ones by their id.
        private static readonly string[] OfOldPayments =
        [
            """
            UPDATE "Payments" SET
                "Currency" = (SELECT "Currency" FROM "Orders" WHERE "Orders"."Id" = "Payments"."OrderId"),
                "AmountMinorUnits" = (SELECT "AmountMinorUnits" FROM "Orders" WHERE "Orders"."Id" = "Payments"."OrderId"),
                "PlacedKey" = (SELECT CAST(strftime('%s', "PlacedAt") AS INTEGER) * 1000 * 1048576 FROM "Orders" WHERE "Orders"."Id" = "Payments"."OrderId")
                    + rowid % 1048576,
                "LastFailureCode" = (
                    SELECT CASE WHEN coalesce("FailureCode", 'card_declined') = 'card_declined' THEN coalesce("DeclineCode", "FailureCode") ELSE "FailureCode" END
                    FROM "Attempts" WHERE "Attempts"."OrderId" = "Payments"."OrderId" ORDER BY "Number" DESC LIMIT 1)
            """,
            """
            UPDATE "Attempts" SET "Day" = CAST(strftime('%s', "StartedAt") AS INTEGER) / 86400
            """,
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AmountMinorUnits",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Currency",
                table: "Payments",
                type: "TEXT",
                maxLength: 3,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "LastFailureCode",
                table: "Payments",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PlacedKey",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Challenge",
                table: "Attempts",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ChallengeAskedAt",
                table: "Attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ChallengeSeconds",
                table: "Attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Day",
                table: "Attempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            foreach (var statement in OfOldPayments)
                migrationBuilder.Sql(statement);

            migrationBuilder.CreateTable(
                name: "OperatorActions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrderId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Operator = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    MinorUnits = table.Column<long>(type: "INTEGER", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OperatorActions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OperatorActions_Orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "Orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Timeline_Event_Id",
                table: "Timeline",
                columns: new[] { "Event", "Id" },
                filter: "\"Event\" = 'IllegalNews'");

            migrationBuilder.CreateIndex(
                name: "IX_Steps_WrittenAt",
                table: "Steps",
                column: "WrittenAt",
                filter: "\"Result\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_CardLast4_PlacedKey",
                table: "Payments",
                columns: new[] { "CardLast4", "PlacedKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_Currency_PlacedKey",
                table: "Payments",
                columns: new[] { "Currency", "PlacedKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_DisputedMinorUnits",
                table: "Payments",
                column: "DisputedMinorUnits",
                filter: "\"DisputedMinorUnits\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_LastFailureCode_PlacedKey",
                table: "Payments",
                columns: new[] { "LastFailureCode", "PlacedKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_PlacedKey",
                table: "Payments",
                column: "PlacedKey");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_State_PlacedKey",
                table: "Payments",
                columns: new[] { "State", "PlacedKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_Day",
                table: "Attempts",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_OperatorActions_OrderId_At",
                table: "OperatorActions",
                columns: new[] { "OrderId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OperatorActions");

            migrationBuilder.DropIndex(
                name: "IX_Timeline_Event_Id",
                table: "Timeline");

            migrationBuilder.DropIndex(
                name: "IX_Steps_WrittenAt",
                table: "Steps");

            migrationBuilder.DropIndex(
                name: "IX_Payments_CardLast4_PlacedKey",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Payments_Currency_PlacedKey",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Payments_DisputedMinorUnits",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Payments_LastFailureCode_PlacedKey",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Payments_PlacedKey",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Payments_State_PlacedKey",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Attempts_Day",
                table: "Attempts");

            migrationBuilder.DropColumn(
                name: "AmountMinorUnits",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "Currency",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "LastFailureCode",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "PlacedKey",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "Challenge",
                table: "Attempts");

            migrationBuilder.DropColumn(
                name: "ChallengeAskedAt",
                table: "Attempts");

            migrationBuilder.DropColumn(
                name: "ChallengeSeconds",
                table: "Attempts");

            migrationBuilder.DropColumn(
                name: "Day",
                table: "Attempts");
        }
    }
}
