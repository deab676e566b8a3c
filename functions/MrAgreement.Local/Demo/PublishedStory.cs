using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Local.Demo;

// What the sides have published, and what waits.
sealed partial class Story2014
{
    /// <param name="mapping">The mapping report, which has been accepted.</param>
    async Task Published(Guid mapping)
    {
        var looked = new PublicationCheck(true);
        var guide = await Upload(Role.ProjectLead, "Mänskliga rättigheter i styrning och ledning – en vägledning", "report",
            "vagledning-styrning.txt");
        await Do(Role.ProjectLead, new PublishMaterial(new("Mänskliga rättigheter i styrning och ledning – en vägledning",
            PublicationKind.Guide, guide, null, new(2016, 4, 20), "sv", null,
            [PublicationAudience.Elected, PublicationAudience.Leadership])));
        await Do(Role.ProjectLead, new PublishMaterial(new("Kartläggning av arbetet med mänskliga rättigheter", PublicationKind.Report,
            mapping, null, new(2015, 2, 1), "sv", null, [])));
        await Do(Role.ProjectLead, new PublishMaterial(new("Webbutbildning om mänskliga rättigheter", PublicationKind.Course, null,
            "https://www.example.se/webbutbildning", new(2016, 5, 2), "sv", "ledningsutbildning", [PublicationAudience.Officials])));
        await Do(Role.ProjectLead, new PublishMaterial(new("Presentation av handlingsplanen", PublicationKind.Material, null,
            "https://www.example.se/presentation", new(2016, 3, 1), "sv", null, [])));
        await Do(Role.Officer, new ApprovePublication(1, new(looked, new(true, "Bara funktioner nämns, inga namn."),
            new(true, "Ren text, läst med skärmläsare."))));
        await Do(Role.Officer, new ApprovePublication(2, new(looked, looked, looked)));
        await Do(Role.Officer, new ApprovePublication(4, new(looked, looked, looked)));
        await Do(Role.ProjectLead, new SpreadMaterial(1, new("SKR", "Nyhetsbrev till medlemmarna", new(2016, 5, 4))));
        await Do(Role.Officer, new SpreadMaterial(1, new("RK", "Konferensen Mänskliga rättighetsdagarna", new(2016, 5, 9))));
        await Do(Role.ProjectLead, new WithdrawPublication(4, "Presentationen gällde planen innan den kompletterades."));
    }
}
