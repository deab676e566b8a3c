using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Agreements;

/// <summary>The agreement as it was signed comes with the signature.</summary>
public class SignedDocumentTests
{
    static SignAgreement Sign(params RegisterDocument[] enclosed) => Some.Signature() with { Enclosed = enclosed };

    [Fact]
    public void It_is_registered_with_the_signature_and_both_parties_have_it()
    {
        var story = Story.Draft(Some.Terms2014).Given(Officer, Sign(Some.Document(7, DocumentKind.SignedAgreement)));

        var document = story.Dossier.Documents.InOrder.Single();
        Assert.Equal([new DocumentVersion(document.Id, 1)], story.Agreement.Signature!.Signed.Documents);
        Assert.Single(Sight.Versions(story.Dossier, ProjectLead, document));
        Assert.Equal(AgreementStatus.Active, story.Agreement.Status);
    }

    [Fact]
    public void Of_another_kind_or_no_pdf_it_is_refused_and_nothing_is_registered()
    {
        var story = Story.Draft(Some.Terms2014);
        story.When(Officer, Sign(Some.Document(7, "note"))).ThenFaults(("/documents/0", "document-not-signed-agreement"));
        story.When(Officer, Sign(Some.Document(7, DocumentKind.SignedAgreement) with { File = Some.File(7) with { Name = "avtal.docx", MediaType = FileFormat.MediaTypeOf("avtal.docx")! } })).ThenFaults(("/documents/0", "document-not-signed-agreement"));
        story.When(Officer, Sign(Some.Document(7, DocumentKind.SignedAgreement)) with { SignedOn = Day("2014-06-14") }).ThenFaults(("/signedOn", "date-in-future"));
        Assert.Empty(story.Dossier.Documents.InOrder);
        Assert.Equal(AgreementStatus.Draft, story.Agreement.Status);
    }

    [Fact]
    public void What_is_due_after_the_signature_has_its_day_from_then_on()
    {
        var terms = Terms(Deliverable("report", new(Signed: true, Months: 3, Days: 2)), Deliverable("after", new(After: "report", Months: 1)), Deliverable("before", new(Before: "report", Days: 0, Months: 1)));
        var story = Story.Draft(terms, "2014-06-10");
        Assert.Null(story["report"].DueOn);

        story.On("2014-06-13").Given(Officer, Some.Signature());
        Assert.Equal((Day("2014-09-15"), Day("2014-10-15"), Day("2014-08-15")), (story["report"].DueOn!.Value, story["after"].DueOn!.Value, story["before"].DueOn!.Value));
        Assert.NotNull(Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void Months_go_with_something_to_count_from_and_are_ten_years_at_most()
    {
        string[] Rules(DueTerms due) => [.. TermsCheck.Due(due, "/due", "self", _ => true).Select(fault => fault.Rule)];
        Assert.Equal(["days-without-other"], Rules(new(On: Day("2015-01-01"), Months: 1)));
        Assert.Equal(["months-range"], Rules(new(After: "x", Months: 121)));
        Assert.Equal(["one-due-rule"], Rules(new(Signed: false)));
        Assert.Equal(["one-due-rule"], Rules(new(Signed: true, None: true)));
        Assert.Empty(Rules(new(Signed: true)));
    }

    [Fact]
    public void A_party_is_called_as_it_was_on_the_day()
    {
        var party = Some.Terms2014.Parties[0];
        Assert.Equal(("Sveriges Kommuner och Landsting", "Sveriges Kommuner och Landsting", "Sveriges Kommuner och Regioner"), (party.NameOn(Day("2010-01-01")), party.NameOn(Day("2019-11-26")), party.NameOn(Day("2019-11-27"))));
        Assert.Equal("X", (party with { Name = "X", Names = null }).NameOn(Day("2014-01-01")));
        var story = Story.Of2014();
        Assert.Equal("Sveriges Kommuner och Landsting", story.Dossier.NamedOn(Day("2015-01-01")).Agreement.Party("SKR")!.Name);
        Assert.Equal(TermsInForce.Hash(story.Agreement), TermsInForce.Hash(story.Agreement.NamedOn(Day("2015-01-01"))));
    }

    [Fact]
    public void Names_do_not_overlap_and_are_names()
    {
        var faults = TermsCheck.Faults(Terms(Deliverable("a", NoDate)) with { Parties = [Some.Terms2014.Parties[0] with { Names = [new("A", Day("2000-01-01")), new("", Day("2010-01-01"), Day("2009-01-01"))] }, Some.Terms2014.Parties[1]] });
        Assert.Equal([("/parties/0/names/1/name", "text-length"), ("/parties/0/names/1", "period-reversed")], faults.Select(fault => (fault.Pointer, fault.Rule)));
        Assert.Equal("names-overlap", Assert.Single(TermsCheck.Faults(Terms(Deliverable("a", NoDate)) with { Parties = [Some.Terms2014.Parties[0] with { Names = [new("A", Day("2000-01-01")), new("B", Day("2010-01-01"))] }, Some.Terms2014.Parties[1]] })).Rule);
    }
}
