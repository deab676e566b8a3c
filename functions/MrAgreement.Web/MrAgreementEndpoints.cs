using Microsoft.AspNetCore.Routing;
using MrAgreement.Web.Pages;

namespace MrAgreement.Web;

/// <summary>All that answers a request: the HTTP API and the pages, for a host to map in one call.</summary>
public static class MrAgreementEndpoints
{
    public static void MapMrAgreement(this IEndpointRouteBuilder routes)
    {
        routes.MapMrAgreementApi();
        routes.MapMrAgreementPages();
        // A group makes its endpoints anew for everyone who asks, and both routing and authorization do; gathered, they are made once.
        var gathered = new CompositeEndpointDataSource([.. routes.DataSources]);
        routes.DataSources.Clear();
        routes.DataSources.Add(gathered);
    }
}
