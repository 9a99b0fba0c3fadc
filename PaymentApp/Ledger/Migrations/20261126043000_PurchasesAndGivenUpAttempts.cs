using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentApp.Ledger.Migrations
{
    /// <inheritdoc />
    public partial class PurchasesAndGivenUpAttempts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PurchaseToken",
                table: "Orders",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "GivenUpAt",
                table: "Attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_PurchaseToken_ProductId",
                table: "Orders",
                columns: new[] { "PurchaseToken", "ProductId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_PurchaseToken_ProductId",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "PurchaseToken",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "GivenUpAt",
                table: "Attempts");
        }
    }
}
