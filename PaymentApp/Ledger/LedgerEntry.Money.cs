using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>The figures of a payment: what Stripe's charge, refunds, disputes and fraud warnings say, and nothing inferred (invariant 10).</summary>
internal sealed partial class LedgerEntry
{
    private List<DisputeRow> _disputes = [];
    private List<FraudWarningRow> _warnings = [];

    // Whether Stripe holds something that was not read yet.
    private bool _isUnread;

    /// <summary>Whether all that Stripe holds was just read, so that nothing is left to look for.</summary>
    public bool IsReading { get; set; }

    /// <summary>Loads what only a reading of disputes and warnings changes.</summary>
    public async Task LoadDisputesAsync(CancellationToken cancellationToken)
    {
        _disputes = await _context.Disputes.Where(row => row.OrderId == Order.Id).ToListAsync(cancellationToken);
        _warnings = await _context.FraudWarnings.Where(row => row.OrderId == Order.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Takes in what Stripe says of a refund.</summary>
    public void Take(RefundSnapshot refund, PaymentActor actor, DateTime now)
    {
        var row = _refunds.SingleOrDefault(known => known.Id == refund.Id);
        // Readers may overtake each other, and what a refund was before is no news.
        if (row is not null && Progress(refund.Status) <= Progress(row.Status))
        {
            row.IsRelease |= refund.IsRelease;
            CountRefunds();
            return;
        }

        if (row is null)
        {
            row = new RefundRow
            {
                Id = refund.Id,
                OrderId = Order.Id,
                MinorUnits = refund.Amount.MinorUnits,
                Status = refund.Status,
                FailureCode = refund.FailureCode,
                IsRelease = refund.IsRelease,
                RecordedAt = now,
            };
            _refunds.Add(row);
            _context.Refunds.Add(row);
        }
        else
        {
            row.Status = refund.Status;
            row.FailureCode = refund.FailureCode;
            row.IsRelease |= refund.IsRelease;
        }

        CountRefunds();
        if (!refund.IsRelease)
            Note(TimelineEvent.RefundChanged, actor, now, Detail($"{refund.Status}", $"{refund.Amount}", refund.FailureCode, refund.StepKey is null ? "made elsewhere" : null));
        Moved(now);
    }

    /// <summary>Takes in what Stripe says of a dispute.</summary>
    public void Take(DisputeSnapshot dispute, PaymentActor actor, DateTime now)
    {
        var row = _disputes.SingleOrDefault(known => known.Id == dispute.Id);
        if (row is null)
        {
            row = new DisputeRow
            {
                Id = dispute.Id,
                OrderId = Order.Id,
                MinorUnits = dispute.Amount.MinorUnits,
                Status = dispute.Status,
                Reason = dispute.Reason,
                RecordedAt = now,
                EndedAt = IsOpen(dispute.Status) ? null : now,
            };
            _disputes.Add(row);
            _context.Disputes.Add(row);
            NoteDispute(TimelineEvent.Disputed, dispute, actor, now);
            if (!IsOpen(dispute.Status))
                NoteDispute(EndOf(dispute.Status), dispute, actor, now);
        }
        else if (row.Status != dispute.Status)
        {
            // Readers may overtake each other: a dispute goes forward while it is open, and stays ended.
            if (IsOpen(dispute.Status) && (!IsOpen(row.Status) || dispute.Status < row.Status))
                return;
            row.Status = dispute.Status;
            row.EndedAt = IsOpen(dispute.Status) ? null : now;
            NoteDispute(IsOpen(dispute.Status) ? TimelineEvent.Disputed : EndOf(dispute.Status), dispute, actor, now);
        }

        row.MinorUnits = dispute.Amount.MinorUnits;
        row.Reason = dispute.Reason;
        row.EvidenceDueBy = dispute.EvidenceDueBy;
        row.OpenedAt = dispute.OpenedAt ?? row.OpenedAt;
        Row.IsDisputed = true;
        Row.DisputedMinorUnits = _disputes.Where(known => IsOpen(known.Status)).Sum(known => known.MinorUnits);
        Row.LostMinorUnits = _disputes.Where(known => known.Status is DisputeStatus.Lost).Sum(known => known.MinorUnits);
    }

    /// <summary>Takes in an issuer's warning.</summary>
    public void Take(FraudWarningSnapshot warning, PaymentActor actor, DateTime now)
    {
        if (_warnings.SingleOrDefault(known => known.Id == warning.Id) is { } row)
        {
            row.IsActionable = warning.IsActionable;
            row.WarnedAt ??= warning.WarnedAt;
            return;
        }

        row = new FraudWarningRow
        {
            Id = warning.Id,
            OrderId = Order.Id,
            Type = warning.Type,
            IsActionable = warning.IsActionable,
            WarnedAt = warning.WarnedAt,
            RecordedAt = now,
        };
        _warnings.Add(row);
        _context.FraudWarnings.Add(row);
        Note(TimelineEvent.FraudWarning, actor, now, Detail(warning.Type, warning.IsActionable ? "a refund may avert a dispute" : null));
    }

    /// <summary>Takes in what the intent and its charge say of the money.</summary>
    private void TakeFigures(IntentSnapshot intent, PaymentState state, DateTime now)
    {
        if (state is not (PaymentState.Authorized or PaymentState.Paid or PaymentState.Canceled))
            return;

        if (intent.Charge is { } charge)
        {
            Row.ChargeId = charge.Id;
            Row.AuthorizedMinorUnits = charge.Amount.MinorUnits;
            Row.CapturedMinorUnits = charge.Captured.MinorUnits;
            Row.PaidAt = charge.PaidAt ?? Row.PaidAt;
        }
        else if (Row.CapturedMinorUnits == 0)
        {
            // The charge did not come along: the intent itself says how much was approved and taken.
            if (state is not PaymentState.Canceled && Row.AuthorizedMinorUnits == 0)
                Row.AuthorizedMinorUnits = intent.Amount.MinorUnits;
            if (state is PaymentState.Paid)
                Row.CapturedMinorUnits = intent.Received?.MinorUnits ?? intent.Amount.MinorUnits;
        }

        Row.CaptureBefore = state is PaymentState.Authorized ? intent.Charge?.CaptureBefore ?? Row.CaptureBefore : null;
        Row.ReleasedMinorUnits = state is PaymentState.Authorized ? 0 : Row.AuthorizedMinorUnits - Row.CapturedMinorUnits;
        CountRefunds();
        LookForWhatWasNotRead(intent, state, now);
    }

    /// <summary>Where the charge shows refunds or disputes that the ledger lacks, somebody has to read them.</summary>
    private void LookForWhatWasNotRead(IntentSnapshot intent, PaymentState state, DateTime now)
    {
        if (state is not PaymentState.Paid || IsReading)
            return;

        var listed = _refunds.Where(IsStanding).Sum(refund => refund.MinorUnits);
        _isUnread = (intent.HasUnreadCharge && Row.PaidAt is null)
            || (intent.Charge is { } charge
                && ((charge.IsDisputed && !Row.IsDisputed)
                    || (charge.Refunded.MinorUnits != listed && charge.Refunded.MinorUnits != listed + Row.ReleasedMinorUnits)));
        if (_isUnread && !(_look is { Status: WorkStatus.Waiting } && _look.DueAt <= now))
            PlanLook(TimeSpan.Zero, now);
    }

    private void CountRefunds()
    {
        // Where nothing was taken, nothing can be given back: Stripe lists there what is released.
        var given = Row.CapturedMinorUnits == 0 ? [] : _refunds.Where(refund => IsStanding(refund) && !refund.IsRelease).ToList();
        Row.RefundedMinorUnits = given.Sum(refund => refund.MinorUnits);
        Row.RefundPendingMinorUnits = given.Where(refund => refund.Status is RefundStatus.Pending).Sum(refund => refund.MinorUnits);
    }

    private static bool IsStanding(RefundRow refund) => refund.Status is RefundStatus.Pending or RefundStatus.Succeeded;

    private static int Progress(RefundStatus status) => status switch
    {
        RefundStatus.Pending => 0,
        RefundStatus.Succeeded => 1,
        _ => 2,
    };

    private static bool IsOpen(DisputeStatus status) => status < DisputeStatus.InquiryClosed;

    private static TimelineEvent EndOf(DisputeStatus status) => status switch
    {
        DisputeStatus.Won => TimelineEvent.DisputeWon,
        DisputeStatus.Lost => TimelineEvent.DisputeLost,
        _ => TimelineEvent.DisputeClosed,
    };

    private void NoteDispute(TimelineEvent what, DisputeSnapshot dispute, PaymentActor actor, DateTime now) => Note(what, actor, now, Detail(
        $"{dispute.Amount}",
        dispute.Reason,
        $"{dispute.Status}",
        IsOpen(dispute.Status) && dispute.EvidenceDueBy is { } due ? $"evidence due by {due:u}" : null));

    private static string Detail(params string?[] parts) => string.Join(", ", parts.OfType<string>());

    private Money Figure(long minorUnits) => Order.Amount with { MinorUnits = minorUnits };
}
