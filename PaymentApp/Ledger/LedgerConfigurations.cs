using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PaymentApp.Desk.Notices;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    /// <summary>The column of an order's <see cref="Orders.PurchaseToken"/>, of which the order itself knows nothing.</summary>
    public const string PurchaseToken = nameof(PurchaseToken);

    // https://learn.microsoft.com/windows/win32/intl/locale-name-constants.
    private const int LongestCultureName = 85;

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
        builder.Property(order => order.Language).HasMaxLength(LongestCultureName);
        builder.Property<string?>(PurchaseToken).HasMaxLength(32);
        builder.HasIndex(PurchaseToken, nameof(Order.ProductId)).IsUnique();
    }
}

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<PaymentRow>
{
    public void Configure(EntityTypeBuilder<PaymentRow> builder)
    {
        builder.ToTable("Payments");
        builder.HasKey(payment => payment.OrderId);
        builder.HasOne<Order>().WithOne().HasForeignKey<PaymentRow>(payment => payment.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(payment => payment.IntentId).IsUnique();
        builder.Property(payment => payment.CardBrand).HasMaxLength(40);
        builder.Property(payment => payment.CardLast4).HasMaxLength(4);
        builder.Property(payment => payment.ChargeId).HasMaxLength(255);
        builder.Property(payment => payment.Version).IsConcurrencyToken();
        builder.Property(payment => payment.LastFailureCode).HasMaxLength(100);
        // The desk's lists: newest first, in the order of the key, whatever they are filtered by.
        builder.HasIndex(payment => payment.PlacedKey);
        builder.HasIndex(payment => new { payment.State, payment.PlacedKey });
        builder.HasIndex(payment => new { payment.LastFailureCode, payment.PlacedKey });
        builder.HasIndex(payment => new { payment.Currency, payment.PlacedKey });
        builder.HasIndex(payment => new { payment.CardLast4, payment.PlacedKey });
        builder.Property(payment => payment.EmailKey).HasMaxLength(EmailAddress.MaxLength);
        builder.HasIndex(payment => new { payment.EmailKey, payment.PlacedKey }).HasFilter("\"EmailKey\" IS NOT NULL");
        builder.HasIndex(payment => payment.DisputedMinorUnits).HasFilter("\"DisputedMinorUnits\" > 0");
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
        builder.Property(attempt => attempt.FailureCode).HasMaxLength(100);
        builder.Property(attempt => attempt.DeclineCode).HasMaxLength(100);
        builder.Property(attempt => attempt.CardCountry).HasMaxLength(2);
        builder.HasIndex(attempt => attempt.Day);
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
        builder.Property(step => step.Reason).HasMaxLength(40);
        // The few without an answer, among all that have one.
        builder.HasIndex(step => step.WrittenAt).HasFilter("\"Result\" IS NULL");
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

internal sealed class RefundConfiguration : IEntityTypeConfiguration<RefundRow>
{
    public void Configure(EntityTypeBuilder<RefundRow> builder)
    {
        builder.ToTable("Refunds");
        builder.HasKey(refund => refund.Id);
        builder.Property(refund => refund.Id).HasMaxLength(255);
        builder.Property(refund => refund.FailureCode).HasMaxLength(100);
        builder.HasOne<Order>().WithMany().HasForeignKey(refund => refund.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DisputeConfiguration : IEntityTypeConfiguration<DisputeRow>
{
    public void Configure(EntityTypeBuilder<DisputeRow> builder)
    {
        builder.ToTable("Disputes");
        builder.HasKey(dispute => dispute.Id);
        builder.Property(dispute => dispute.Id).HasMaxLength(255);
        builder.Property(dispute => dispute.Reason).HasMaxLength(100);
        builder.HasOne<Order>().WithMany().HasForeignKey(dispute => dispute.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FraudWarningConfiguration : IEntityTypeConfiguration<FraudWarningRow>
{
    public void Configure(EntityTypeBuilder<FraudWarningRow> builder)
    {
        builder.ToTable("FraudWarnings");
        builder.HasKey(warning => warning.Id);
        builder.Property(warning => warning.Id).HasMaxLength(255);
        builder.Property(warning => warning.Type).HasMaxLength(100);
        // The few that somebody can still act on.
        builder.HasIndex(warning => warning.RecordedAt).HasFilter("\"IsActionable\"");
        builder.HasOne<Order>().WithMany().HasForeignKey(warning => warning.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TimelineConfiguration : IEntityTypeConfiguration<TimelineRow>
{
    public void Configure(EntityTypeBuilder<TimelineRow> builder)
    {
        builder.ToTable("Timeline");
        builder.HasKey(line => line.Id);
        builder.Property(line => line.Detail).HasMaxLength(400);
        builder.HasOne<Order>().WithMany().HasForeignKey(line => line.OrderId).OnDelete(DeleteBehavior.Restrict);
        // The few that need an operator, among all that do not.
        builder.HasIndex(line => new { line.Event, line.Id }).HasFilter($"\"Event\" = '{nameof(TimelineEvent.IllegalNews)}'");
    }
}

internal sealed class OperatorActionConfiguration : IEntityTypeConfiguration<OperatorActionRow>
{
    public void Configure(EntityTypeBuilder<OperatorActionRow> builder)
    {
        builder.ToTable("OperatorActions");
        builder.HasKey(action => action.Id);
        builder.Property(action => action.Id).ValueGeneratedNever();
        builder.Property(action => action.Operator).HasMaxLength(128);
        builder.Property(action => action.Text).HasMaxLength(1000);
        builder.Property(action => action.Detail).HasMaxLength(400);
        builder.HasIndex(action => new { action.OrderId, action.At });
        builder.HasOne<Order>().WithMany().HasForeignKey(action => action.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<NoticeRow>
{
    public void Configure(EntityTypeBuilder<NoticeRow> builder)
    {
        builder.ToTable("Notices");
        builder.HasKey(notice => notice.Key);
        builder.Property(notice => notice.Key).HasMaxLength(Notice.LongestKey);
        builder.Property(notice => notice.OrderNumber).HasMaxLength(16);
        builder.Property(notice => notice.Text).HasMaxLength(Notice.LongestText);
        builder.HasIndex(notice => notice.MailId);
        // The few that no mail told of yet.
        builder.HasIndex(notice => notice.FoundAt).HasFilter("\"SentAt\" IS NULL");
    }
}

internal sealed class EventSourceConfiguration : IEntityTypeConfiguration<EventSourceRow>
{
    public void Configure(EntityTypeBuilder<EventSourceRow> builder)
    {
        builder.ToTable("EventSources");
        builder.HasKey(source => source.Source);
        builder.Property(source => source.Error).HasMaxLength(100);
    }
}

internal sealed class InboxConfiguration : IEntityTypeConfiguration<InboxRow>
{
    public void Configure(EntityTypeBuilder<InboxRow> builder)
    {
        builder.ToTable("Inbox");
        builder.HasKey(item => item.EventId);
        builder.Property(item => item.EventId).HasMaxLength(255);
        builder.Property(item => item.Type).HasMaxLength(100);
        builder.Property(item => item.ObjectId).HasMaxLength(255);
    }
}

internal sealed class WorkConfiguration : IEntityTypeConfiguration<WorkRow>
{
    public const int LongestNote = 400;

    // https://www.w3.org/TR/trace-context/#traceparent-header-field-values: version 00.
    private const int LongestTraceParent = 55;

    public void Configure(EntityTypeBuilder<WorkRow> builder)
    {
        builder.ToTable("Work");
        builder.HasKey(work => work.Id);
        builder.Property(work => work.Subject).HasMaxLength(255);
        builder.Property(work => work.Note).HasMaxLength(LongestNote);
        builder.Property(work => work.TraceParent).HasMaxLength(LongestTraceParent);
        builder.HasIndex(work => new { work.Kind, work.Subject }).IsUnique();
        builder.HasIndex(work => new { work.Status, work.DueAt });
        builder.HasIndex(work => new { work.Status, work.EndedAt });
    }
}

internal sealed class EventCursorConfiguration : IEntityTypeConfiguration<EventCursorRow>
{
    public void Configure(EntityTypeBuilder<EventCursorRow> builder)
    {
        builder.ToTable("EventCursor");
        builder.HasKey(cursor => cursor.Id);
        builder.Property(cursor => cursor.Id).ValueGeneratedNever();
        builder.Property(cursor => cursor.After).HasMaxLength(255);
    }
}
