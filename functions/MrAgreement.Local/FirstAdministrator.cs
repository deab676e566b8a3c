using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.People;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Local;

/// <summary>The link by which the first person comes in, and sees to all others.</summary>
static class FirstAdministrator
{
    public static async Task<int> Invite(Stores stores, HostSettings settings, string mail, IClock machine, TextWriter output,
        TextWriter errors)
    {
        if (!RegisterRules.IsMail(mail))
            throw new UsageException($"--admin takes a mail address such as anna@example.se, not '{mail}'.");
        await WhoIsLetIn.Keep(stores.Kept, demo: false, machine);
        var now = machine.GetCurrentInstant();
        var today = StockholmTime.DateOf(settings.Clock ?? now);
        using var register = new KeptRegister(stores.Kept, machine);
        if (!settings.IsSure && RegisterRules.HasAdministrator(await register.ReadAfresh(), today, _ => true))
        {
            await errors.WriteLineAsync("There is an administrator already, who can invite others. Add --yes to make a link for one more all the same.");
            return 1;
        }
        var invitations = RegisterServices.InvitationsIn(stores.Kept);
        // One link at a time: whoever has lost the former gets this one instead.
        foreach (var former in (await invitations.All()).Where(i => i.By == PersonId.System && i.UsedBy is null))
            await invitations.Withdraw(former.Id);
        var made = new Invitation(Guid.NewGuid(), mail, "", Role.Admin, today, null, PersonId.System, now, now + Invitation.Lasts);
        var secret = await invitations.Make(made);
        await RegisterServices.SecurityLogIn(stores.Kept).Write(SecurityEvent.Invited, PersonId.System, made.Id.ToString(), null, "admin");
        var address = settings.PublicAddress ?? new Uri(settings.Urls.Split(';')[0]);
        await output.WriteLineAsync($"{address.GetLeftPart(UriPartial.Authority)}/invitations/{secret}");
        var where = settings.Storage is null ? $"--data {Path.GetFullPath(settings.Data)}" : "that storage account";
        await errors.WriteLineAsync(
            $"Hand this link to {mail}: it is good once, for 14 days, at the host that is started with {where}, and is not shown again.");
        if (settings.PublicAddress is null)
            await errors.WriteLineAsync($"It leads to {address.GetLeftPart(UriPartial.Authority)}, this machine itself: where people reach "
                + "the host by another address, make it again with --public-address.");
        return 0;
    }
}
