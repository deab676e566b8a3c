using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Local;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>What the console shows of the log: nothing that somebody else has written turns it, or passes for another line.</summary>
public class PlainConsoleTests
{
    [Fact]
    public void What_is_no_letter_is_written_out_and_a_message_is_one_line()
    {
        using var written = new StringWriter();
        const string told = "Nobody came\u001b[2J in\nfail: MrAgreement.Logs[0]\r\n\u202eåäö\u0007";
        new PlainConsole().Write(new LogEntry<string>(LogLevel.Warning, "MrAgreement.SignIn", new(7), told, null, (text, _) => text), null, written);
        Assert.Equal(["warn: MrAgreement.SignIn[7]", @"      Nobody came\u001b[2J in fail: MrAgreement.Logs[0] \u202eåäö\u0007", ""], written.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void A_failure_has_a_line_for_each_call()
    {
        using var written = new StringWriter();
        var failure = Record.Exception(new Action(() => throw new InvalidOperationException("It\u001b is\nso")))!;
        new PlainConsole().Write(new LogEntry<string>(LogLevel.Error, "A", default, "Failed", failure, (text, _) => text), null, written);
        var lines = written.ToString().Split(Environment.NewLine);
        Assert.Equal(["fail: A[0]", "      Failed", @"      System.InvalidOperationException: It\u001b is", "      so"], lines[..4]);
        Assert.All(lines[2..^1], line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
    }
}
