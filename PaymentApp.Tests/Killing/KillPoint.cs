namespace PaymentApp.Tests.Killing;

/// <summary>The named instants of the flow at which the shop can be killed.</summary>
internal enum KillPoint
{
    /// <summary>The start holds EF Core's lock on the ledger's schema.</summary>
    SchemaLocked,

    OrderPlaced,

    AttemptToBeWritten,
    AttemptWritten,
    ConfirmationToBeWritten,
    ConfirmationWritten,
    OperationToBeWritten,
    OperationWritten,
    RepetitionToBeWritten,
    RepetitionWritten,

    /// <summary>The request was handed to the network, and nobody waits for the answer any more.</summary>
    CreateUnderWay,
    CreateAnswered,
    ConfirmUnderWay,
    ConfirmAnswered,
    ConfirmAuthenticatedUnderWay,
    ConfirmAuthenticatedAnswered,
    CancelUnderWay,
    CancelAnswered,
    RefundUnderWay,
    RefundAnswered,
    RetrieveAsked,
    RetrieveAnswered,

    AnswerToBeRecorded,
    AnswerRecorded,
    RefundToBeRecorded,
    RefundRecorded,
    RejectionToBeRecorded,
    RejectionRecorded,

    /// <summary>All statements of a ledger transaction ran, and it is not committed.</summary>
    LedgerToCommit,
    LedgerCommitted,

    EventReceived,
    EventStored,
    EventClaimed,
    EventHandled,
    EventEnded,

    LookClaimed,
    LookHandled,
    LookEnded,

    FulfilmentClaimed,
    HandlerToBeCalled,
    HandlerSucceeded,
    FulfilmentRecorded,
    FulfilmentHandled,
    FulfilmentEnded,

    CatchUpClaimed,
    CursorToBeMoved,
    CursorMoved,
    CatchUpHandled,
    CatchUpEnded,
}
