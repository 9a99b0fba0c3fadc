using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentApp.Ledger.Migrations
{
    /// <summary>Every figure of a payment as Stripe has it, with disputes and fraud warnings; steps know when they were tried.</summary>
    public partial class FiguresFromStripe : Migration
    {
        private static readonly string[] OptionalPaymentMethod =
        [
            "ALTER TABLE \"Attempts\" ADD COLUMN \"OptionalPaymentMethodId\" TEXT NULL",
            "UPDATE \"Attempts\" SET \"OptionalPaymentMethodId\" = \"PaymentMethodId\"",
            "ALTER TABLE \"Attempts\" DROP COLUMN \"PaymentMethodId\"",
            "ALTER TABLE \"Attempts\" RENAME COLUMN \"OptionalPaymentMethodId\" TO \"PaymentMethodId\"",
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "ReceivedMinorUnits",
                table: "Payments",
                newName: "CapturedMinorUnits");

            migrationBuilder.AddColumn<DateTime>(
                name: "TriedAt",
                table: "Steps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TriedBefore",
                table: "Steps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsRelease",
                table: "Refunds",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "AuthorizedMinorUnits",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTime>(
                name: "CaptureBefore",
                table: "Payments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReleasedMinorUnits",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "ChargeId",
                table: "Payments",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DisputedMinorUnits",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "LostMinorUnits",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "RefundPendingMinorUnits",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // In plain statements: where EF Core rebuilds a table in SQLite it leaves the transaction.
            foreach (var statement in OptionalPaymentMethod)
                migrationBuilder.Sql(statement);

            migrationBuilder.CreateTable(
                name: "Disputes",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    OrderId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    MinorUnits = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    EvidenceDueBy = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RecordedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Disputes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Disputes_Orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "Orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FraudWarnings",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    OrderId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    IsActionable = table.Column<bool>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FraudWarnings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FraudWarnings_Orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "Orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Disputes_OrderId",
                table: "Disputes",
                column: "OrderId");

            migrationBuilder.CreateIndex(
                name: "IX_FraudWarnings_OrderId",
                table: "FraudWarnings",
                column: "OrderId");

            // Figures as the version before knew them.
            migrationBuilder.Sql(
                "UPDATE \"Payments\" SET \"AuthorizedMinorUnits\" = " +
                "(SELECT \"AmountMinorUnits\" FROM \"Orders\" WHERE \"Orders\".\"Id\" = \"Payments\".\"OrderId\") WHERE \"State\" IN ('Authorized', 'Paid')");
            migrationBuilder.Sql("UPDATE \"Payments\" SET \"ReleasedMinorUnits\" = \"AuthorizedMinorUnits\" - \"CapturedMinorUnits\" WHERE \"State\" = 'Paid'");
            migrationBuilder.Sql(
                "UPDATE \"Refunds\" SET \"IsRelease\" = TRUE WHERE \"Id\" IN (SELECT min(\"Refunds\".\"Id\") FROM \"Refunds\" " +
                "JOIN \"Payments\" ON \"Payments\".\"OrderId\" = \"Refunds\".\"OrderId\" WHERE \"ReleasedMinorUnits\" > 0 " +
                "AND \"Refunds\".\"MinorUnits\" = \"ReleasedMinorUnits\" AND \"Refunds\".\"Status\" = 'Succeeded' GROUP BY \"Refunds\".\"OrderId\")");
            migrationBuilder.Sql(
                "UPDATE \"Payments\" SET \"RefundPendingMinorUnits\" = (SELECT coalesce(sum(\"MinorUnits\"), 0) FROM \"Refunds\" " +
                "WHERE \"Refunds\".\"OrderId\" = \"Payments\".\"OrderId\" AND \"Refunds\".\"Status\" = 'Pending')");

            // What it did not know, or took for something else, a look reads.
            migrationBuilder.Sql(
                "UPDATE \"Payments\" SET \"NextLookAt\" = \"MovedAt\" WHERE \"State\" = 'Paid' AND \"NextLookAt\" IS NULL " +
                "AND (\"IsDisputed\" OR \"ReleasedMinorUnits\" > 0)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Disputes");

            migrationBuilder.DropTable(
                name: "FraudWarnings");

            migrationBuilder.DropColumn(
                name: "TriedAt",
                table: "Steps");

            migrationBuilder.DropColumn(
                name: "TriedBefore",
                table: "Steps");

            migrationBuilder.DropColumn(
                name: "IsRelease",
                table: "Refunds");

            migrationBuilder.DropColumn(
                name: "AuthorizedMinorUnits",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "CaptureBefore",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "ReleasedMinorUnits",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "ChargeId",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "DisputedMinorUnits",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "LostMinorUnits",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "RefundPendingMinorUnits",
                table: "Payments");

            migrationBuilder.RenameColumn(
                name: "CapturedMinorUnits",
                table: "Payments",
                newName: "ReceivedMinorUnits");

            migrationBuilder.Sql("UPDATE \"Attempts\" SET \"PaymentMethodId\" = 'pm_unknown' WHERE \"PaymentMethodId\" IS NULL");
            migrationBuilder.AlterColumn<string>(
                name: "PaymentMethodId",
                table: "Attempts",
                type: "TEXT",
                maxLength: 255,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldMaxLength: 255,
                oldNullable: true);
        }
    }
}
