using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentApp.Ledger.Migrations
{
    /// <summary>
    /// Moves how a payment stands out of its order's row. In plain statements: where EF Core rebuilds a table in SQLite it
    /// leaves the transaction, and a start that is killed in between would find half a ledger.
    /// </summary>
    public partial class PaymentApartFromOrder : Migration
    {
        private static readonly string[] Moved =
        [
            "State", "CardBrand", "CardLast4", "PaidAt", "MovedAt", "ReceivedMinorUnits", "RefundedMinorUnits", "IsDisputed",
            "NextLookAt", "Looks", "Version",
        ];

        private static string Columns => string.Join(", ", Array.ConvertAll(Moved, column => $"\"{column}\""));

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Payments",
                columns: table => new
                {
                    OrderId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IntentId = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    CardBrand = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    CardLast4 = table.Column<string>(type: "TEXT", maxLength: 4, nullable: true),
                    PaidAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    MovedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReceivedMinorUnits = table.Column<long>(type: "INTEGER", nullable: false),
                    RefundedMinorUnits = table.Column<long>(type: "INTEGER", nullable: false),
                    IsDisputed = table.Column<bool>(type: "INTEGER", nullable: false),
                    NextLookAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Looks = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payments", x => x.OrderId);
                    table.ForeignKey(
                        name: "FK_Payments_Orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "Orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.Sql(
                $"INSERT INTO \"Payments\" (\"OrderId\", \"IntentId\", {Columns}) SELECT \"Id\", \"PaymentIntentId\", {Columns} FROM \"Orders\"");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_IntentId",
                table: "Payments",
                column: "IntentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Payments_NextLookAt",
                table: "Payments",
                column: "NextLookAt");

            migrationBuilder.DropIndex(
                name: "IX_Orders_PaymentIntentId",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_NextLookAt",
                table: "Orders");

            migrationBuilder.Sql("ALTER TABLE \"Orders\" DROP COLUMN \"PaymentIntentId\"");
            foreach (var column in Moved)
                migrationBuilder.Sql($"ALTER TABLE \"Orders\" DROP COLUMN \"{column}\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "State", table: "Orders", type: "TEXT", maxLength: 40, nullable: false, defaultValue: "AwaitingPayment");
            migrationBuilder.AddColumn<string>(name: "PaymentIntentId", table: "Orders", type: "TEXT", maxLength: 255, nullable: true);
            migrationBuilder.AddColumn<string>(name: "CardBrand", table: "Orders", type: "TEXT", maxLength: 40, nullable: true);
            migrationBuilder.AddColumn<string>(name: "CardLast4", table: "Orders", type: "TEXT", maxLength: 4, nullable: true);
            migrationBuilder.AddColumn<DateTime>(name: "PaidAt", table: "Orders", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<DateTime>(name: "MovedAt", table: "Orders", type: "TEXT", nullable: false, defaultValue: DateTime.UnixEpoch);
            migrationBuilder.AddColumn<long>(name: "ReceivedMinorUnits", table: "Orders", type: "INTEGER", nullable: false, defaultValue: 0L);
            migrationBuilder.AddColumn<long>(name: "RefundedMinorUnits", table: "Orders", type: "INTEGER", nullable: false, defaultValue: 0L);
            migrationBuilder.AddColumn<bool>(name: "IsDisputed", table: "Orders", type: "INTEGER", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<DateTime>(name: "NextLookAt", table: "Orders", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<int>(name: "Looks", table: "Orders", type: "INTEGER", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<int>(name: "Version", table: "Orders", type: "INTEGER", nullable: false, defaultValue: 0);

            migrationBuilder.Sql(
                $"UPDATE \"Orders\" SET (\"PaymentIntentId\", {Columns}) = " +
                $"(SELECT \"IntentId\", {Columns} FROM \"Payments\" WHERE \"OrderId\" = \"Orders\".\"Id\")");

            migrationBuilder.CreateIndex(name: "IX_Orders_PaymentIntentId", table: "Orders", column: "PaymentIntentId", unique: true);
            migrationBuilder.CreateIndex(name: "IX_Orders_NextLookAt", table: "Orders", column: "NextLookAt");
            migrationBuilder.DropTable(name: "Payments");
        }
    }
}
