using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>Settings of signing in: what they say, and one clear line about what they can't mean.</summary>
public class SignInSettingsTests
{
    const string Alfa = """ "key": "alfa", "title": { "sv": "Alfa", "en": "Alpha" }, "issuer": "https://alfa.example", "clientId": "web" """;

    [Fact]
    public void What_is_not_said_has_its_usual_value()
    {
        var read = SignInSettings.Read($$"""{ "providers": [{ {{Alfa}}, "clientSecret": { "environment": "ALFA" }, "stepUp": { "acr": ["loa3"] } }] }""", name => name == "ALFA" ? " hemlig " : null);
        var provider = Assert.Single(read.Providers);
        Assert.Equal(("sub", "name", LogoutPlace.Provider), (provider.Claim, provider.NameClaim, provider.Logout));
        Assert.Equal(["openid", "profile"], provider.Scopes);
        Assert.Equal((480, 720), (read.Sessions.IdleMinutes, read.Sessions.AbsoluteMinutes));
        Assert.DoesNotContain("hemlig", read.ToString() + provider, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ }", "providers")]
    [InlineData("""{ "providers": [] }""", "at least one")]
    [InlineData("""{ "providers": [{ §, "colour": "red" }] }""", "colour")]
    [InlineData("""{ "providers": [{ § }, { § }] }""", "two providers have the key 'alfa'")]
    [InlineData("""{ "providers": [{ "key": "Alfa!", "title": { "sv": "A", "en": "A" }, "issuer": "https://alfa.example", "clientId": "web" }] }""", "'Alfa!' is no key")]
    [InlineData("""{ "providers": [{ "key": "alfa", "title": { "sv": "A", "en": "A" }, "issuer": "http://alfa.example", "clientId": "web" }] }""", "https address")]
    [InlineData("""{ "providers": [{ "key": "alfa", "title": { "sv": "A" }, "issuer": "https://alfa.example", "clientId": "web" }] }""", "title in sv and in en")]
    [InlineData("""{ "providers": [{ §, "scopes": ["profile"] }] }""", "openid")]
    [InlineData("""{ "providers": [{ §, "claim": "email" }] }""", "can't be known by 'email'")]
    [InlineData("""{ "providers": [{ §, "claim": "https://id.oidc.se/claim/personalIdentityNumber" }] }""", "can't be known by")]
    [InlineData("""{ "providers": [{ §, "claim": "urn:example:Personnummer" }] }""", "can't be known by")]
    [InlineData("""{ "providers": [{ §, "claim": "personal_number" }] }""", "can't be known by")]
    [InlineData("""{ "providers": [{ §, "claim": "urn:oid:1.2.752.29.4.13" }] }""", "can't be known by")]
    [InlineData("""{ "providers": [{ §, "claim": "SSN" }] }""", "can't be known by")]
    [InlineData("""{ "providers": [{ §, "api": { "audience": "a", "scopes": ["b"], "claim": "ssn" } }] }""", "a claim that stays the same")]
    [InlineData("""{ "providers": [{ "key": "alfa", "title": { "sv": "A", "en": "A" }, "issuer": "https://login.microsoftonline.com/common/v2.0", "clientId": "web" }] }""", "that of every directory")]
    [InlineData("""{ "providers": [{ §, "clientSecret": { "environment": "NOWHERE" } }] }""", "set NOWHERE")]
    [InlineData("""{ "providers": [{ §, "clientSecret": { "environment": "VAULT" } }] }""", "was not resolved")]
    [InlineData("""{ "providers": [{ §, "clientSecret": { "file": "no-such-file" } }] }""", "no-such-file")]
    [InlineData("""{ "providers": [{ §, "clientSecret": { } }] }""", "takes the name of an environment variable, or a file")]
    [InlineData("""{ "providers": [{ §, "api": { "audience": "a", "scopes": [] } }] }""", "at least one scope")]
    [InlineData("""{ "providers": [{ §, "stepUp": { } }] }""", "stepUp of 'alfa'")]
    [InlineData("""{ "providers": [{ § }], "sessions": { "idleMinutes": 900, "absoluteMinutes": 60 } }""", "sessions take")]
    [InlineData("""{ "providers": [{ §, "appService": true }] }""", "which is not on here (WEBSITE_AUTH_ENABLED)")]
    [InlineData("""{ "providers": [{ §, "colour": "red" }] }""", "'providers[0].colour' is no setting; in 'providers[0]' stand key, title,")]
    [InlineData("""{ "providers": [{ "key": "alfa", "title": "Alfa" }] }""", "'providers[0].title' should be an object in curly brackets, with sv, en")]
    [InlineData("""{ "providers": [{ "key": "alfa", "title": { "sv": "A", "en": "A" }, "issuer": "https://alfa.example" }] }""", "'providers[0].clientId' is missing")]
    [InlineData("""{ "providers": [{ §, "clientSecret": "hemlig" }] }""", "'providers[0].clientSecret' should be an object in curly brackets, with environment, file")]
    [InlineData("""{ "providers": [{ §, "scopes": "openid" }] }""", "'providers[0].scopes' should be a list")]
    [InlineData("""{ "providers": [{ §, "key": "beta" }] }""", "'providers[0].key' stands there twice")]
    [InlineData("""{ "providers": { § } }""", "'providers' should be a list, in square brackets")]
    [InlineData("""{ "providers": [{ §, "logout": "nowhere" }] }""", "'providers[0].logout' is not as")]
    [InlineData("{ \n\"providers\": [\n{ § \n}", "at line 4, or just before")]
    [InlineData("no-such-file.json", "no-such-file.json")]
    public void What_can_not_be_meant_is_said_in_one_line(string written, string says)
    {
        var refused = Assert.Throws<SignInRefusedException>(() => SignInSettings.Read(written.Replace("§", Alfa, StringComparison.Ordinal), name => name == "VAULT" ? "@Microsoft.KeyVault(SecretUri=https://v/secrets/s)" : null));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hemlig", refused.Message, StringComparison.Ordinal);
    }
}
