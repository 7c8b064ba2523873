using System.Net.Http.Headers;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Contract;

/// <summary>Speaks to an API server without anything between: what it answers is looked at as it comes.</summary>
internal static class ContractClient
{
    public static HttpClient Open(Uri address, string token)
    {
        // Certificates are the business of other tests.
        HttpClientHandler handler = new() { CheckCertificateRevocationList = true };
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        HttpClient http = new(handler) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "contract/1.0");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
        return http;
    }
}
