using System.Globalization;
using System.Text;

namespace MrAgreement.Formats.Tests.Ledgers;

/// <summary>
/// What a file's vouchers come to, by a reader written for nothing but to be plainly right: characters one by one, decimals, lists of lists.
/// It judges nothing; what it says holds for files that nothing is wrong with.
/// </summary>
static class NaiveSie
{
    public sealed record Sums(int Vouchers, int Rows, decimal Debit, decimal Credit, decimal Project);

    public static Sums Read(byte[] file, string project)
    {
        var (vouchers, rows, debit, credit, spent, depth, unknown) = (0, 0, 0m, 0m, 0m, 0, 0);
        var last = "";
        foreach (var line in Encoding.Latin1.GetString(file).Split('\n').Select(line => Fields(line.TrimEnd('\r', ' ', '\t', '\u001A'))))
        {
            if (line.Count == 0)
                continue;
            var label = line[0].ToUpperInvariant();
            var isBrace = line.Count == 1 && label is "{" or "}";
            if (unknown > 0)
                unknown += !isBrace ? 0 : label == "{" ? 1 : -1;
            else if (label == "{" && last is not ("#VER" or "#TRANS" or "#RTRANS" or "#BTRANS"))
                unknown = 1;
            else if (label == "{")
                depth++;
            else if (label == "}")
            {
                depth--;
                vouchers++;
            }
            else if (label == "#TRANS" && depth == 1)
            {
                var close = line.LastIndexOf("}list");
                var amount = decimal.Parse(line[close + 1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
                rows++;
                (debit, credit) = (debit + Math.Max(amount, 0), credit + Math.Min(amount, 0));
                for (var i = line.IndexOf("{list") + 1; i + 1 < close; i += 2)
                    if (int.Parse(line[i], CultureInfo.InvariantCulture) == 6 && line[i + 1] == project)
                        spent += amount;
            }
            last = label;
        }
        return new(vouchers, rows, debit, credit, spent);
    }

    // Braces around a list come out as the fields "{list" and "}list", which no unquoted field of a row can be mistaken for before its list.
    static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (isIn, isQuoted, isList) = (false, false, false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (isQuoted && c == '\\' && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (isQuoted && c == '"')
                End();
            else if (isQuoted)
                field.Append(c);
            else if (c is ' ' or '\t')
                End();
            else if (!isIn && c == '"')
                (isIn, isQuoted) = (true, true);
            else if (!isIn && c == '{' && fields.Count == 2)
            {
                fields.Add("{list");
                isList = true;
            }
            else if (isList && c == '}')
            {
                End();
                fields.Add("}list");
                isList = false;
            }
            else
            {
                isIn = true;
                field.Append(c);
            }
        }
        End();
        return fields;

        void End()
        {
            if (isIn)
                fields.Add(field.ToString());
            field.Clear();
            (isIn, isQuoted) = (false, false);
        }
    }
}
