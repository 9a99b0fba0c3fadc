using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace PaymentApp.Tests.Ledger.Postgres;

/// <summary>
/// What a migration may do while nodes of the version before it still run: add what they need not know of. What they use
/// goes away one version later, when the model before the migration does not have it any more.
/// </summary>
internal static class MigrationRules
{
    /// <param name="operations">What the migration does.</param>
    /// <param name="before">The model of the version before it.</param>
    /// <returns>What would break a node of that version.</returns>
    public static IReadOnlyList<string> Problems(IEnumerable<MigrationOperation> operations, IReadOnlyModel before) =>
        [.. operations.Select(operation => Problem(operation, before)).OfType<string>()];

    private static string? Problem(MigrationOperation operation, IReadOnlyModel before) => operation switch
    {
        CreateTableOperation or DropIndexOperation or SqlOperation or InsertDataOperation or DropForeignKeyOperation or DropCheckConstraintOperation or AlterTableOperation or AlterDatabaseOperation => null,
        CreateIndexOperation { IsUnique: true } index when HasTable(before, index.Table) => $"An older node may write twice what {index.Name} allows once.",
        CreateIndexOperation => null,
        AddColumnOperation { IsNullable: false, DefaultValue: null, DefaultValueSql: null, ComputedColumnSql: null } column when HasTable(before, column.Table) =>
            $"An older node writes {column.Table} without {column.Name}, which has no default.",
        AddColumnOperation => null,
        AlterColumnOperation column when HasColumn(before, column.Table, column.Name) => Narrowed(column),
        AlterColumnOperation => null,
        DropColumnOperation column when HasColumn(before, column.Table, column.Name) => $"An older node uses {column.Table}.{column.Name}.",
        RenameColumnOperation column when HasColumn(before, column.Table, column.Name) => $"An older node uses {column.Table}.{column.Name}.",
        DropTableOperation table when HasTable(before, table.Name) => $"An older node uses {table.Name}.",
        RenameTableOperation table when HasTable(before, table.Name) => $"An older node uses {table.Name}.",
        DropColumnOperation or RenameColumnOperation or DropTableOperation or RenameTableOperation => null,
        AddForeignKeyOperation key when !HasTable(before, key.Table) => null,
        _ => $"{operation.GetType().Name} may break an older node: say in MigrationRules when it does not.",
    };

    private static string? Narrowed(AlterColumnOperation column)
    {
        if (column.ClrType != column.OldColumn.ClrType)
            return $"An older node reads {column.Table}.{column.Name} as {column.OldColumn.ClrType.Name}.";
        if (!column.IsNullable && column.OldColumn.IsNullable)
            return $"An older node writes no {column.Table}.{column.Name}.";
        if (column.IsNullable && !column.OldColumn.IsNullable)
            return $"An older node reads {column.Table}.{column.Name}, which would be missing.";
        return column.MaxLength < (column.OldColumn.MaxLength ?? int.MaxValue) && column.ColumnType != "text"
            ? $"An older node writes longer {column.Table}.{column.Name}."
            : null;
    }

    private static bool HasTable(IReadOnlyModel model, string table) => model.GetEntityTypes().Any(type => type.GetTableName() == table);

    private static bool HasColumn(IReadOnlyModel model, string table, string column) => model.GetEntityTypes()
        .Where(type => type.GetTableName() == table).SelectMany(Columns).Any(name => name == column);

    private static IEnumerable<string?> Columns(IReadOnlyTypeBase type) =>
        type.GetProperties().Select(property => property.GetColumnName()).Concat(type.GetComplexProperties().SelectMany(property => Columns(property.ComplexType)));
}
