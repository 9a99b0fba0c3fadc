using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentApp.Ledger.Migrations
{
    /// <summary>Timeline lines of steps say step, as the code does, and no longer request.</summary>
    public partial class TimelineOfSteps : Migration
    {
        private static readonly (string Before, string After)[] Renamed =
            [("RequestWritten", "StepWritten"), ("RequestEnded", "StepEnded")];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var (before, after) in Renamed)
                migrationBuilder.Sql($"UPDATE \"Timeline\" SET \"Event\" = '{after}' WHERE \"Event\" = '{before}'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (before, after) in Renamed)
                migrationBuilder.Sql($"UPDATE \"Timeline\" SET \"Event\" = '{before}' WHERE \"Event\" = '{after}'");
        }
    }
}
