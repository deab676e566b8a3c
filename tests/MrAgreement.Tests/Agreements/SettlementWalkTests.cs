using System.Globalization;

namespace MrAgreement.Tests.Agreements;

/// <summary>Small agreements live from signature to closure and beyond, at the hands of people who do mostly what could be done next; what must always hold of the money is looked at after every step.</summary>
public class SettlementWalkTests
{
    const int StepsOfALife = 200;

    // Another seed, or one that failed before, comes in with MRAGREEMENT_SEED; more commands with MRAGREEMENT_WALK_COMMANDS.
    static readonly int seed = Setting("MRAGREEMENT_SEED", 20170901);
    static readonly int commands = Setting("MRAGREEMENT_WALK_COMMANDS", 6000);

    static int Setting(string name, int otherwise) => int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{otherwise}", CultureInfo.InvariantCulture);

    [Fact]
    public void Whatever_is_done_after_the_final_accounts_the_recipient_alone_lowers_no_debt_and_what_is_closed_has_no_money_on_its_way()
    {
        var (failed, closed, reopened) = (new Dictionary<string, string>(), 0, 0);
        for (var life = 0; life * StepsOfALife < commands; life++)
        {
            var walk = new SettlementWalk(seed + life);
            try
            {
                walk.Go(StepsOfALife);
                closed += walk.WasClosed ? 1 : 0;
                reopened += walk.WasReopened ? 1 : 0;
            }
            catch (Exception e)
            {
                // One of each sort is enough to mend it by.
                failed.TryAdd(walk.Looking,
                    $"Repeat it with MRAGREEMENT_SEED={seed + life} MRAGREEMENT_WALK_COMMANDS=1: {walk.Looking}. {e.Message}\n{string.Join('\n', walk.Told)}\n{(e is Xunit.Sdk.XunitException ? "" : e.StackTrace)}");
            }
        }
        Assert.True(failed.Count == 0, string.Join("\n\n", failed.Values));
        TestContext.Current.TestOutputHelper?.WriteLine($"{commands} commands, {closed} lives closed, {reopened} of them reopened.");
        // A walk that never comes to the end says nothing of it.
        Assert.True(closed > 0 || commands < 2000, "No life came to its end.");
    }
}
