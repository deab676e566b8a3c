namespace MrAgreement.Overviews;

/// <summary>What waits for somebody; stored by name.</summary>
public enum WorkKind
{
    /// <summary>The signatures are to be recorded.</summary>
    Sign,

    /// <summary>The other party has recorded them.</summary>
    ConfirmSignature,

    /// <summary>What was recorded is contested, or of terms that are no longer so.</summary>
    SignAgain,
    ConfirmAmendment,

    /// <summary>The other party says that what was recorded is not right.</summary>
    AmendmentContested,
    CompletionContested,
    PaymentContested,
    Close,

    /// <summary>It has lost its date and gets another, or is let go.</summary>
    SetDate,
    Review,

    /// <summary>It has come in, and needs no approval.</summary>
    NoteSubmission,
    Confirm,

    /// <summary>Of an instalment nothing is requisitioned yet.</summary>
    Requisition,

    /// <summary>The other party has proposed a time to meet.</summary>
    AnswerTime,

    /// <summary>A joint act with a day of its own.</summary>
    Hold,

    /// <summary>A joint act that is to take place by a day.</summary>
    Record,
    Submit,

    /// <summary>It came back.</summary>
    Complete,
    SignOff,

    /// <summary>A colleague has sent the draft back.</summary>
    RedoDraft,

    /// <summary>What was owed to the party has not come in.</summary>
    Late,

    /// <summary>Nor has what came back.</summary>
    LateCompletion,
    Attest,
    Dispatch,
    Receive,
    Pay,
    AttestAdjustment,
    AttestStatement,

    /// <summary>Its variances are to be explained before anybody attests it.</summary>
    ExplainStatement,

    /// <summary>A cost in it was disallowed since.</summary>
    RedoStatement,
    AttestRepayment,

    /// <summary>Sent back by whoever should have attested it.</summary>
    RedoRequisition,
    RedoAdjustment,
    RedoRepayment,
    RedoSentBackStatement,

    /// <summary>The recipient pays it.</summary>
    PayRepayment,

    /// <summary>It is more than remains.</summary>
    WithdrawRepayment,

    /// <summary>The payer looks for it.</summary>
    ReceiveRepayment,
    ConfirmPayment,

    /// <summary>The recipient says that it was paid, and the payer looks for it.</summary>
    AcknowledgePayment,

    /// <summary>The payer does not say which requisition it pays.</summary>
    PlacePayment,
    Repay,

    /// <summary>What was disallowed is claimed back.</summary>
    RepayClaimed,
    Round,

    /// <summary>Costs may be counted twice.</summary>
    CostsToldOnce,

    /// <summary>Transactions of a bank file wait.</summary>
    Match,
    ReportSpend,
    CompleteReport,
    AttestReport,
    ReviewReport,

    /// <summary>A colleague wants something erased.</summary>
    ApproveErasure,

    /// <summary>There are recommendations that the other side has not been told of.</summary>
    InformOfRecommendations,

    /// <summary>The other side was told of recommendations, and is to say that it has received it.</summary>
    ReceiveInformation,

    /// <summary>The project plan of a focus area is to be checked.</summary>
    CheckProjectPlan,

    /// <summary>The period of a measure has ended, and nothing tells how it ended.</summary>
    ReportMeasure,

    /// <summary>The other side has registered material, which is to be checked and opened to everybody.</summary>
    ApprovePublication,

    /// <summary>The day by which an indicator is to be read is past.</summary>
    ReadIndicator
}
