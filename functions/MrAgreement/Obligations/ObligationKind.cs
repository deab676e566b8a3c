namespace MrAgreement.Obligations;

/// <summary>What sort of thing is owed.</summary>
public enum ObligationKind
{
    /// <summary>Something that is delivered as submissions.</summary>
    Deliverable,

    /// <summary>Something that parties do together; recorded by one, confirmed by another.</summary>
    Joint,

    /// <summary>Something that goes on all the time.</summary>
    Continuous,

    /// <summary>Payment of the grant; done when every instalment has been paid or has lapsed.</summary>
    Payment,

    /// <summary>Payment back of what was not spent; done when the final accounts are in and the balance is zero.</summary>
    Repayment,

    /// <summary>Requisition of an instalment; comes from the grant's terms
    /// or a release, never from a document's list of obligations.</summary>
    Requisition
}

/// <summary>Where an obligation stands; overdue is not a status but follows from it and the date.</summary>
public enum ObligationStatus
{
    Waiting,
    Open,
    Submitted,
    Returned,
    Done,
    Waived
}
