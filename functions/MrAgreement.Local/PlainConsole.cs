using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace MrAgreement.Local;

/// <summary>The log as lines of the console. Strangers have a say in some of it: what would turn or colour a terminal, or pass for a line
/// of its own, is written as <c>\u001b</c>.</summary>
sealed class PlainConsole() : ConsoleFormatter(Called)
{
    public const string Called = "plain";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter textWriter)
    {
        textWriter.WriteLine($"{NameOf(entry.LogLevel)}: {entry.Category}[{entry.EventId.Id}]");
        textWriter.WriteLine($"      {Plain(entry.Formatter(entry.State, entry.Exception), lines: false)}");
        if (entry.Exception is { } failure)
            textWriter.WriteLine(Plain(failure.ToString(), lines: true));
    }

    static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce", LogLevel.Debug => "dbug", LogLevel.Information => "info", LogLevel.Warning => "warn",
        LogLevel.Error => "fail", _ => "crit"
    };

    // A failure has a line for each call.
    static string Plain(string text, bool lines)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
            if (c == '\n')
                plain.Append(lines ? Environment.NewLine + "      " : " ");
            else if (char.IsControl(c) && c != '\t' || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                plain.Append(c);
        return lines ? "      " + plain : plain.ToString();
    }
}
