using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PaymentApp.Orders;

namespace PaymentApp.Ledger;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.HasKey(order => order.Id);
        builder.ComplexProperty(order => order.Amount, amount =>
        {
            amount.Property(money => money.MinorUnits).HasColumnName("AmountMinorUnits");
            amount.Property(money => money.Currency).HasColumnName("Currency");
        });
        builder.Property(order => order.Number).HasMaxLength(16);
        builder.HasIndex(order => order.Number).IsUnique();
        builder.Property(order => order.ProductId).HasMaxLength(64);
        builder.Property(order => order.ProductName).HasMaxLength(200);
        builder.Property(order => order.PaymentIntentId).HasMaxLength(255);
        builder.HasIndex(order => order.PaymentIntentId).IsUnique();
        builder.Property(order => order.CardBrand).HasMaxLength(40);
        builder.Property(order => order.CardLast4).HasMaxLength(4);
        builder.Property(order => order.Version).IsConcurrencyToken();
    }
}

internal sealed class AttemptConfiguration : IEntityTypeConfiguration<AttemptRow>
{
    public void Configure(EntityTypeBuilder<AttemptRow> builder)
    {
        builder.ToTable("Attempts");
        builder.HasKey(attempt => new { attempt.OrderId, attempt.Number });
        builder.HasOne<Order>().WithMany().HasForeignKey(attempt => attempt.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(attempt => attempt.Steps).WithOne().HasForeignKey(step => new { step.OrderId, step.AttemptNumber })
            .OnDelete(DeleteBehavior.Restrict);
        builder.Property(attempt => attempt.PaymentMethodId).HasMaxLength(255);
        builder.Property(attempt => attempt.FailureCode).HasMaxLength(100);
        builder.Property(attempt => attempt.DeclineCode).HasMaxLength(100);
    }
}

internal sealed class StepConfiguration : IEntityTypeConfiguration<StepRow>
{
    public void Configure(EntityTypeBuilder<StepRow> builder)
    {
        builder.ToTable("Steps");
        builder.HasKey(step => new { step.OrderId, step.AttemptNumber, step.Sequence });
        builder.Property(step => step.IdempotencyKey).HasMaxLength(255);
        builder.HasIndex(step => step.IdempotencyKey).IsUnique();
    }
}

internal sealed class FulfilmentConfiguration : IEntityTypeConfiguration<FulfilmentRow>
{
    public void Configure(EntityTypeBuilder<FulfilmentRow> builder)
    {
        builder.ToTable("Fulfilments");
        builder.HasKey(fulfilment => fulfilment.OrderId);
        builder.HasOne<Order>().WithOne().HasForeignKey<FulfilmentRow>(fulfilment => fulfilment.OrderId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
