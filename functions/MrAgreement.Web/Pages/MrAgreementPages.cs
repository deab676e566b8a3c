using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.WebEncoders;
using MrAgreement.Web.Pages.Accessibility;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Allocations;
using MrAgreement.Web.Pages.Archives;
using MrAgreement.Web.Pages.Banking;
using MrAgreement.Web.Pages.Clock;
using MrAgreement.Web.Pages.Deadlines;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Drafts;
using MrAgreement.Web.Pages.Erasures;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Grants;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.Ledgers;
using MrAgreement.Web.Pages.Log;
using MrAgreement.Web.Pages.Messages;
using MrAgreement.Web.Pages.Obligations;
using MrAgreement.Web.Pages.Organisations;
using MrAgreement.Web.Pages.Payments;
using MrAgreement.Web.Pages.People;
using MrAgreement.Web.Pages.Portfolio;
using MrAgreement.Web.Pages.Published;
using MrAgreement.Web.Pages.Reconciliations;
using MrAgreement.Web.Pages.Registry;
using MrAgreement.Web.Pages.Search;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.Pages.Webhooks;
using MrAgreement.Web.Pages.Work;
using MrAgreement.Web.Pages.WorkLists;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Pages;

/// <summary>The pages, for a host to add; it brings the stores, the rules' <c>Dossiers</c>,
/// the domain's clock and data protection, and may name a <see cref="Contact"/>.</summary>
public static class MrAgreementPages
{
    /// <param name="isSecure">Whether people reach the host by https only.</param>
    public static IServiceCollection AddMrAgreementPages(this IServiceCollection services, bool isSecure = false)
    {
        Http.Compressing.AddCompression(services);
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        // Swedish letters as themselves: pages are shorter, and their source can be read.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(options =>
        {
            // So that no other host of the same domain can set it.
            options.Cookie.Name = isSecure ? "__Host-mragreement-form" : "mragreement-form";
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Said by our own headers, for pages without forms too.
            options.SuppressXFrameOptionsHeader = true;
        });
        // A cookie that does not read is told with a stack trace for each request that brings one; whoever sends it is answered 400.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None));
        services.AddAuthorization();
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<PagePath>(PagePath.Name));
        services.TryAddSingleton(new Contact(null));
        services.AddScoped<PageVisitor>();
        services.AddScoped<FormPost>();
        services.AddScoped<Upload>();
        services.AddScoped<LateForm>();
        services.AddSingleton(new FilesOfLimited(SystemClock.Instance));
        services.AddScoped<Changes>();
        services.AddSingleton<Visits>();
        services.AddScoped<DraftPages>();
        services.AddScoped<PlanDraftPages>();
        services.AddScoped<WorkReportPages>();
        return services;
    }

    internal static void MapMrAgreementPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("")
            .RequireAuthorization(new AuthorizationPolicyBuilder(SessionCookie.Scheme).RequireAuthenticatedUser().Build())
            .AddEndpointFilter(PageGuard.Filter)
            .AddEndpointFilter(PageOpenings.Filter)
            .ExcludeFromDescription();
        PageSignIn.Map(pages);
        BackChannel.Map(routes);
        LanguageChoice.Map(pages);
        Asset.Map(pages);
        AccessibilityPages.Map(pages);
        PortfolioPages.Map(pages);
        ViewPages.Map(pages);
        AppropriationPages.Map(pages);
        ReportPages.Map(pages);
        WorkListPages.Map(pages);
        DeadlinePages.Map(pages);
        PaymentsDeskPages.Map(pages);
        SearchPages.Map(pages);
        AgreementPages.Map(pages);
        DraftPages.Map(pages);
        ObligationPages.Map(pages);
        GrantForms.Map(pages);
        LedgerPages.Map(pages);
        CategoryPages.Map(pages);
        BudgetPages.Map(pages);
        BankPages.Map(pages);
        StatementPages.Map(pages);
        PrintPages.Map(pages);
        ReconciliationPages.Map(pages);
        AllocationPages.Map(pages);
        SettlementPages.Map(pages);
        DocumentPages.Map(pages);
        ArchivePages.Map(pages);
        LogPages.Map(pages);
        BodyPages.Map(pages);
        WorkHubPages.Map(pages);
        RecommendationPages.Map(pages);
        FindingPages.Map(pages);
        PlanPages.Map(pages);
        WorkReportPages.Map(pages);
        PublicationPages.Map(pages);
        PublishedPages.Map(pages);
        IndicatorPages.Map(pages);
        EffortPages.Map(pages);
        ErasurePages.Map(pages);
        RegistryPages.Map(pages);
        RetentionPages.Map(pages);
        MessagePages.Map(pages);
        MailChoicePages.Map(pages);
        ToldPages.Map(pages);
        PeoplePages.Map(pages);
        OrganisationPages.Map(pages);
        WebhookPages.Map(pages);
        ClockPages.Map(pages);
        // Whatever is no page. Not as a fallback: what is generated for one has a pattern of its own instead of the given one.
        pages.Map($"{{*path:{PagePath.Name}}}", () => Failures.Page(StatusCodes.Status404NotFound)).WithOrder(int.MaxValue)
            .AllowAnonymous();
    }
}
