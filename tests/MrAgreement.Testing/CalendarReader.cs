using System.Diagnostics;
using System.Text.Json;

namespace MrAgreement.Testing;

/// <summary>Calendars read by a program that knows nothing of ours: ical.js, which Thunderbird reads them by.</summary>
public static class CalendarReader
{
    const string Script = """
        const ical = require('ical.js');
        const file = new ical.Component(ical.parse(require('fs').readFileSync(0, 'utf8')));
        const one = (it, name) => it.getFirstPropertyValue(name)?.toString() ?? null;
        const person = it => `${it.getParameter('cn')} <${it.getFirstValue()}> ${it.getParameter('partstat') ?? ''}`.trim();
        console.log(JSON.stringify({ method: one(file, 'method'), events: file.getAllSubcomponents('vevent').map(it => ({
            uid: one(it, 'uid'), sequence: new ical.Event(it).sequence, status: one(it, 'status'), title: one(it, 'summary'), description: one(it, 'description'),
            location: one(it, 'location'), start: new ical.Event(it).startDate.toString(), end: new ical.Event(it).endDate.toString(), days: new ical.Event(it).startDate.isDate,
            organizer: it.getAllProperties('organizer').map(person)[0] ?? null, attendees: it.getAllProperties('attendee').map(person) })) }));
        """;

    public static async Task<JsonElement> Read(string calendar)
    {
        using var reader = Process.Start(new ProcessStartInfo("node", ["-e", Script])
        {
            WorkingDirectory = Azurite.Tests(), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false), StandardOutputEncoding = System.Text.Encoding.UTF8
        })!;
        await reader.StandardInput.WriteAsync(calendar);
        reader.StandardInput.Close();
        var told = await reader.StandardOutput.ReadToEndAsync();
        var wrong = await reader.StandardError.ReadToEndAsync();
        await reader.WaitForExitAsync();
        return reader.ExitCode == 0 ? JsonDocument.Parse(told).RootElement : throw new InvalidDataException($"No calendar: {wrong}");
    }
}
