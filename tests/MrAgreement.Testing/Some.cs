using System.Reflection;
using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using NodaTime.Text;

namespace MrAgreement.Testing;

/// <summary>Fixed values to throw away, and the people of the 2014 agreement.</summary>
public static class Some
{
    /// <summary>What a statement on a period would say.</summary>
    public static StatementContent Content(Dossier dossier, DateSpan period) => StatementContent.Of(dossier.Grant, period, dossier.CostDays);

    public static readonly Actor ProjectLead = new(new("person-project-lead"), "SKR", Role.ProjectLead);
    public static readonly Actor Finance = new(new("person-finance"), "SKR", Role.Finance);
    public static readonly Actor Approver = new(new("person-approver"), "SKR", Role.Approver);
    public static readonly Actor OtherApprover = new(new("person-approver-2"), "SKR", Role.Approver);
    public static readonly Actor Officer = new(new("person-officer"), "RK", Role.Officer);
    public static readonly Actor OtherOfficer = new(new("person-officer-2"), "RK", Role.Officer);
    public static readonly Actor Payer = new(new("person-payer"), "KAMK", Role.Payer);
    public static readonly Actor Auditor = new(new("person-auditor"), "", Role.Auditor);
    public static readonly Actor Reader = new(new("person-reader"), "SKR", Role.Reader);
    public static readonly Actor Admin = new(new("person-admin"), "SKR", Role.Admin);
    public static readonly Actor Stranger = new(new("person-stranger"), "MSB", Role.Officer);

    public static readonly IReadOnlyList<Actor> People = [ProjectLead, Finance, Approver, OtherApprover, Officer, OtherOfficer, Payer, Auditor, Reader, Admin, Stranger];

    /// <summary>The terms of the 2014 agreement as the program ships them.</summary>
    public static Terms Terms2014 { get; } = FromJson<Terms>(Resource("mr-2014.json"));

    public static AgreementId AgreementId(int n = 1) => new(Id(n));

    public static Guid Id(int n) => new(n, 0x2014, 0x4613, [0x80, 0, 0, 0, 0, 0, 0, 1]);

    public static T FromJson<T>(string text) => JsonSerializer.Deserialize<T>(text, Json.Options)!;

    /// <param name="of">Where the resource is, unless here.</param>
    public static string Resource(string name, Assembly? of = null)
    {
        using var reader = new StreamReader((of ?? typeof(Some).Assembly).GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>A morning on site.</summary>
    public static MeetingTime Time(string day, string place = "Rosenbad") => new(Day(day), new(9, 0), new(12, 0), MeetingForm.OnSite, place);

    public static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    public static Instant Utc(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    public static Kronor Kr(string text) => Kronor.Parse(text);

    public static DateSpan Year(int year) => new(new(year, 1, 1), new(year, 12, 31));

    public static DocumentFile File(int n) => new($"fil-{n}.pdf", "application/pdf", Sha256.Of(BitConverter.GetBytes(n)), 1000 + n);

    public static RegisterDocument Document(int n, string kind = "report") => new(Id(n), $"Handling {n}", kind, File(n), null, false, null);

    public static SignAgreement Signature(string on = "2014-06-13") => new(Day(on), [new("Erik Ullenhag", "RK"), new("Anders Knape", "SKR")]);

    public static PrepareRequisition Requisition(string instalment = "2014", string amount = "4000000", string reference = "MR 2014") =>
        new(instalment, Kr(amount), Bankgiro.Parse("5050-1055"), null, reference);

    public static RecordPayment Payment(string amount, string paidOn, string reference = "2014-1", int? requisition = null) =>
        new(PaymentDirection.In, Day(paidOn), Kr(amount), reference, requisition);

    public static RecordPayment PaymentBack(string amount, string paidOn, string reference = "ÅTER") =>
        new(PaymentDirection.Out, Day(paidOn), Kr(amount), reference, null);

    public static PrepareAdjustment Adjustment(AdjustmentKind kind, string amount, string reason = "Enligt underlag") =>
        new(kind, Kr(amount), Year(2015), null, reason);

    public static ReleaseInstalment Release(string instalment, string requisitionDueOn = "2015-09-01", string? amount = null, string? repayBy = null, string decidedOn = "2015-01-15") =>
        new(instalment, Day(decidedOn), "A2015/99/DISK", Day(requisitionDueOn), "rskr. 2014/15:86", amount is null ? null : Kr(amount), null, repayBy is null ? null : Day(repayBy));

    /// <summary>A small agreement between SKR and RK with the obligations given.</summary>
    public static Terms Terms(params ObligationTerms[] obligations) => new(
        DiaryNumber.Parse("A2020/1/X"), "En liten överenskommelse",
        [new("SKR", "Sveriges Kommuner och Regioner", PartyRole.Recipient), new("RK", "Regeringskansliet", PartyRole.Grantor), new("KAMK", "Kammarkollegiet", PartyRole.Payer)],
        new(Day("2014-01-01"), Day("2017-12-31")), obligations);

    public static ObligationTerms Deliverable(string key, DueTerms due, bool acceptance = true, params string[] rests) =>
        new(key, $"Leverans {key}", ["SKR"], ObligationKind.Deliverable, due, "RK", rests, acceptance);

    public static ObligationTerms Joint(string key, DueTerms due, params string[] rests) =>
        new(key, $"Möte {key}", ["SKR", "RK"], ObligationKind.Joint, due, null, rests);

    public static DueTerms On(string day) => new(On: Day(day));

    public static DueTerms Before(string key, int days = 0) => new(Before: key, Days: days);

    public static DueTerms After(string key, int days) => new(After: key, Days: days);

    public static readonly DueTerms NoDate = new(None: true);
}
