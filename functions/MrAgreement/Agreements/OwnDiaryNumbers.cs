using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Records the number under which one's own party registers the matter. The terms have the grantor's.</summary>
public sealed record RecordDiaryNumber(DiaryNumber Number) : Command(Act.RecordDiaryNumber);

/// <summary>A party registers the matter under a number of its own; a newer one takes its place.</summary>
/// <param name="Party">Key of the party.</param>
public sealed record DiaryNumberRecorded(string Party, DiaryNumber Diary) : AgreementEvent;

/// <summary>Each party's own number for the matter.</summary>
public static class OwnDiaryNumbers
{
    public static Decision Decide(Agreement it, RecordDiaryNumber command, Occasion on) =>
        it.DiaryNumbers.TryGetValue(on.By.Party, out var before) && $"{before}" == $"{command.Number}"
            ? new Nothing()
        : HiddenLetters.AreIn($"{command.Number}") ? Refused.Invalid(new Fault("/number", "hidden-letters"))
            : new DiaryNumberRecorded(on.By.Party, command.Number);
}
