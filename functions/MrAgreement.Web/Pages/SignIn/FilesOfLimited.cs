using MrAgreement.Web.Http;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>Of whoever asks for too much, the files of one form a minute wait to be sent again: a loop fills no disk.</summary>
sealed class FilesOfLimited(IClock machine)
{
    readonly Seldom held = new(machine, Duration.FromMinutes(1));

    public bool MayWait(PersonId of) => held.IsTime(of.Value);
}
