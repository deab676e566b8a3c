using MrAgreement.Messages;
using MrAgreement.Overviews;

namespace MrAgreement.Running;

public sealed partial class Postman
{
    // What waits for somebody's morning, and goes together.
    sealed partial class Round
    {
        async Task Hold(Message message, Recipient to)
        {
            known ??= await of.AttemptsOf(it.Id, cancellation);
            var name = KeptMail.NameOf(it.Id, message.Key, to.Id);
            if (!known.ContainsKey((message.Key, to.Id)) && await of.mornings.Find(name, cancellation) is null)
                await of.mornings.Hold(name, new(it.Id, message.Key, to.Id, message.At, null, message.Obligation), cancellation);
        }

        async Task<Attempts?> InDigest(Letter letter, IReadOnlyList<(Addressee It, string Name)> chosen, Instant until)
        {
            var names = chosen.Select(each => each.Name);
            List<(Addressee It, string Name, Waiting? Waits)> found = [];
            var waiting = await Waiting();
            if (waiting.Digest is null && waiting.IsAlone && await TakeOut(names))
                return await Try(letter, letter.Whom[0]);
            if (waiting is { Digest: null, IsHeld: true } && until > today)
            {
                morning = morning is { } sooner ? Instant.Min(sooner, until) : until;
                return Later(of.machine.GetCurrentInstant() + (until - today));
            }
            if (waiting is { Digest: null, IsHeld: true } && Telling.IsOvertaken(letter.Message, it, today) && await TakeOut(names))
                return await Try(letter, letter.Whom[0]);
            // One digest of a mailbox at a time serves all that is due.
            if (!digests.TryGetValue(letter.Mailbox, out var again))
            {
                var mailbox = await of.people.At(letter.Whom[0].To.Mail, cancellation);
                digests[letter.Mailbox] = again = of.DownUntil is var down && down > of.machine.GetCurrentInstant() ? down
                    : await of.mornings.Deliver([.. mailbox.Concat(letter.Whom.Select(each => each.To)).DistinctBy(to => to.Id)],
                        waiting.Digest, today, of.postbox.Server, of.HandOver, cancellation);
            }
            waiting = await Waiting();
            return waiting.Digest is null && waiting.IsAlone && await TakeOut(names) ? await Try(letter, letter.Whom[0])
                : waiting.Digest is { } digest && await of.mornings.DigestOf(digest, cancellation) is { Tries.End: not null } ended
                    ? Ended(digest, ended)
                : Left(letter, Instant.Max(again ?? of.machine.GetCurrentInstant() + lease, of.DownUntil));

            // Where one of them has gone, all go.
            async Task<(string? Digest, bool IsAlone, bool IsHeld)> Waiting()
            {
                found.Clear();
                foreach (var (each, name) in chosen)
                    found.Add((each, name, await of.mornings.Find(name, cancellation)));
                return (found.Select(each => each.Waits?.In).FirstOrDefault(digest => digest is { Length: > 0 }),
                    found.Exists(each => each.Waits?.In == Messages.Waiting.Alone), found.Exists(each => each.Waits is { In: null }));
            }

            Attempts Ended(string name, Digest digest)
            {
                // What waited in it is known by it; the others have it kept.
                AttemptEnd? end = null;
                foreach (var (each, waited, _) in found.Where(each => each.Waits?.In == name))
                    if ((ends[each.Key] = digest.EndOf(waited)) is var own && end is null or AttemptEnd.Overtaken)
                        end = own;
                return digest.Tries with { End = end };
            }
        }
    }
}
