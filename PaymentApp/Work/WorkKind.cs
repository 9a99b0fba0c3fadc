namespace PaymentApp.Work;

/// <summary>What a piece of work is. Each kind has one <see cref="IWorkHandler"/>.</summary>
internal enum WorkKind
{
    /// <summary>Process an event of Stripe's; the subject is its id.</summary>
    Event,

    /// <summary>Look at a payment; the subject is its order's id.</summary>
    Look,

    /// <summary>Have a paid order fulfilled; the subject is its order's id.</summary>
    Fulfilment,

    /// <summary>Read the events that no webhook brought. There is one such item, which never ends.</summary>
    CatchUp,

    /// <summary>Send the receipt of a paid order; the subject is its order's id.</summary>
    Receipt,

    /// <summary>Send the way to an order to whoever asked for it; the subject is its order's id.</summary>
    OrderMail,

    /// <summary>Tell operators of what is new and needs a person. There is one such item, which never ends.</summary>
    Notices,
}
