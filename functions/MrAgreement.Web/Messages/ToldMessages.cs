using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Messages;

/// <summary>What somebody was told, in the words of their mail, and how it went to them.</summary>
/// <param name="postman">Null where no mail is sent.</param>
public sealed class ToldMessages(OwnMessages own, IPeople people, Openings openings, Postman? postman = null)
{
    public async Task<(IReadOnlyList<ToldView> Items, bool More)> Of(Caller caller, Language language, int page, int limit,
        CancellationToken cancellation)
    {
        var found = await own.Newest([.. caller.Roles.Select(role => role.Actor)], caller.Today, (page - 1) * limit, limit, cancellation);
        var (told, waiting) = (new List<ToldView>(), (IReadOnlyList<(AgreementId Agreement, WaitingMessage It)>?)null);
        var tried = new Dictionary<AgreementId, (ToldRows Rows, IReadOnlyDictionary<(MessageKey, PersonId), Attempts> Tries)>();
        var opened = found.Messages.Any(it => it.Outcome is not null)
            ? (await openings.By(found.Messages[0].Person, cancellation)).GroupBy(it => (it.Agreement, it.It.Message))
                .ToDictionary(same => same.Key, same => same.Min(it => it.It.At)) : [];
        foreach (var it in found.Messages)
        {
            var (dossier, message) = (it.Dossier, it.Message);
            told.Add(new(dossier.Id, $"{dossier.Agreement.NumberOf(message.Key.Party)}", dossier.Agreement.Terms.Title,
                MailTexts.SentenceOf(message, dossier, language), MailTexts.PlaceOf(message), message.At, await StateOf(it)));
        }
        return (told, found.More);

        async Task<MessageView> StateOf(OwnMessage it)
        {
            var (key, me) = (it.Message.Key, new PersonView(it.Person.Value, people.NameOf(it.Person)));
            if (it.Outcome is { } outcome)
                return MessageView.ToOne(outcome, me, opened.TryGetValue((it.Dossier.Id, key), out var at) ? at : null);
            if (postman is null)
                return MessageView.InSystem(it.Message, [me]);
            if (!tried.TryGetValue(it.Dossier.Id, out var known))
                tried[it.Dossier.Id] = known = (await postman.ToldOf(it.Dossier.Id, cancellation),
                    await postman.AttemptsOf(it.Dossier.Id, cancellation));
            // What came before mail was sent.
            if (key.Of <= known.Rows.From)
                return MessageView.InSystem(it.Message, [me]);
            waiting ??= await postman.WaitingFor(it.Person, cancellation);
            return MessageView.Underway(it.Message, me, known.Tries.GetValueOrDefault((key, it.Person)),
                waiting.FirstOrDefault(each => each.Agreement == it.Dossier.Id && each.It.Message == key).It);
        }
    }
}

/// <summary>A message to oneself.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="DiaryNumber">The number of one's own party, where it has one.</param>
/// <param name="Title">What the agreement is called.</param>
/// <param name="Text">What is told, as mail says it.</param>
/// <param name="Link">Path of the page where it is seen to.</param>
/// <param name="At">When it happened.</param>
/// <param name="Message">By what it is known, and how it went to oneself.</param>
public sealed record ToldView(AgreementId Agreement, string DiaryNumber, string Title, string Text, string Link, Instant At,
    MessageView Message);

/// <summary>Some of what one was told, newest first.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Limit">The most items on a page.</param>
/// <param name="More">Whether there are older ones.</param>
public sealed record ToldListing(IReadOnlyList<ToldView> Items, int Page, int Limit, bool More);
