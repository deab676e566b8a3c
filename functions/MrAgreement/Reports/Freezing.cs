using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Reports;

/// <summary>The decision to freeze a report.</summary>
public static class Freezing
{
    const int MostDocuments = 5;

    public static Decision Decide(Dossier it, FreezeReport command, Occasion on)
    {
        var draft = command.Draft;
        if (it.Grounds.Reports.Find(report => report.Report == draft.Id) is { } frozen)
            return frozen.Party != on.By.Party ? new Refused("unknown-report", RefusalKind.NotFound)
                : frozen.By == on.By.Id ? new Nothing() : new Refused("report-frozen", RefusalKind.NotSo, ("number", frozen.Number));
        if (draft.Party != on.By.Party)
            return new Refused("unknown-report", RefusalKind.NotFound);
        if ((ReportDecisions.Against(it) ?? ReportDecisions.AgainstWriting(it, draft.Obligation, on)) is { } refused)
            return refused;
        var (documents, unknown) = it.Documents.Own(command.Documents, on.By.Party);
        if (unknown is not null)
            return unknown;
        if (documents.Count > MostDocuments)
            return Refused.Invalid(new Fault("/documents", "too-many", ("max", MostDocuments)));
        var writing = new ReportWriting(it, draft, on.By, on.Today);
        if (writing.Faults().ToList() is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        var content = writing.Content();
        var written = content.Written();
        return written.Length > ReportContent.MostBytes
            ? new Refused("report-too-large", RefusalKind.Invalid, ("max", ReportContent.MostBytes / 1024))
            // What its documents say is what was read: something in the agreement has changed since.
            : !content.SaysSame(command.Content) ? new Refused("report-moved", RefusalKind.NotSo)
            : new ReportFrozen(it.Grounds.Reports.Count + 1, draft.Id, content, Sha256.Of(written), documents, on.By.Party);
    }
}
