using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PaymentApp.Tests.Desk;

/// <summary>An OpenID Connect provider whose user is always signed in: discovery, codes with PKCE, and ID tokens.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "desk";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, (string Nonce, string Challenge)> _codes = [];

    private FakeProvider(TimeProvider clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        _app = builder.Build();
    }

    /// <summary>What the next ID token says of the user beside what it must.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["name"] = "Petra from the office", ["roles"] = new[] { "operator" } };

    public Uri Address => new(_app.Urls.Single());

    private string Issuer => Address.ToString().TrimEnd('/');

    public static async Task<FakeProvider> OpenAsync(TimeProvider clock)
    {
        var provider = new FakeProvider(clock);
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>What the provider does when a browser comes with the desk's request: leads it back with a code.</summary>
    public Uri Authorize(Uri request)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.Query);
        Assert.Equal((ClientId, "code", "S256"), (query["client_id"].ToString(), query["response_type"].ToString(), query["code_challenge_method"].ToString()));
        var code = Guid.NewGuid().ToString("n");
        _codes[code] = (query["nonce"]!, query["code_challenge"]!);
        return new Uri($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Issuer,
            authorization_endpoint = Issuer + "/authorize",
            token_endpoint = Issuer + "/token",
            jwks_uri = Issuer + "/keys",
        }));
        _app.MapGet("/keys", () =>
        {
            var key = _rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new
            {
                keys = new[] { new { kty = "RSA", use = "sig", kid = "1", e = Base64UrlEncoder.Encode(key.Exponent), n = Base64UrlEncoder.Encode(key.Modulus) } },
            });
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (!_codes.Remove(form["code"].ToString(), out var known)
                || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != known.Challenge)
                return Results.BadRequest(new { error = "invalid_grant" });
            return Results.Json(new { access_token = "none", token_type = "Bearer", id_token = Token(known.Nonce) });
        });
    }

    private string Token(string nonce) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = ClientId,
        IssuedAt = _clock.GetUtcNow().UtcDateTime,
        NotBefore = _clock.GetUtcNow().UtcDateTime,
        Expires = _clock.GetUtcNow().UtcDateTime.AddMinutes(5),
        Claims = new Dictionary<string, object>(Claims) { ["sub"] = "1", ["nonce"] = nonce },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
    });
}
