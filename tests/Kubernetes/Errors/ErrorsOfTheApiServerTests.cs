using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Errors;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class ErrorsOfTheApiServerTests(ApiServer api) : BoundedTest
{
    private string Server => api.Connection.Server.ToString().TrimEnd('/');

    [LabFact]
    public async Task Get_WrongToken_SaysUnauthorized()
    {
        using IKubernetes client = (api.Connection with { Token = "wrong" }).Open(TimeProvider.System);

        ApiException e = await FailsAsync(client.GetAsync(ResourceType.Pods, "default", "a", Limit));

        Assert.Equal($"GET pods default/a on {Server}: 401 Unauthorized: Unauthorized", e.Message);
        Assert.Equal((HttpStatusCode.Unauthorized, "Unauthorized", false), (e.StatusCode, e.Reason, e.IsTransient));
    }

    [LabFact]
    public async Task List_WithoutRights_NamesUserVerbAndKind()
    {
        using IKubernetes client = api.Viewer.Open(TimeProvider.System);

        ApiException e = await FailsAsync(client.ListAsync(ResourceType.StatefulSets, "default", null, Limit));

        Assert.Equal(
            $"LIST statefulsets.apps in default on {Server}: 403 Forbidden: statefulsets.apps is forbidden: User \"viewer\" cannot list "
            + "resource \"statefulsets\" in API group \"apps\" in the namespace \"default\"",
            e.Message);
        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden", false), (e.StatusCode, e.Reason, e.IsTransient));
    }

    [LabFact]
    public async Task Get_MissingObject_IsNotFound()
    {
        ApiException e = await FailsAsync(api.Admin.GetAsync(ResourceType.Pods, "default", "nobody", Limit));

        Assert.Equal($"GET pods default/nobody on {Server}: 404 NotFound: pods \"nobody\" not found", e.Message);
        Assert.True(e.IsNotFound);
        Assert.NotNull(e.AuditId);
    }

    [LabFact]
    public async Task Find_MissingObject_IsNull() =>
        Assert.Null(await api.Admin.FindAsync(ResourceType.Pods, "default", "nobody", Limit));

    [LabFact]
    public async Task Find_KindThatIsNotInstalled_FailsInsteadOfSayingMissing()
    {
        ResourceType kafkas = new("platform.example.io", "v1beta1", "kafkas", Namespaced: true);

        ApiException e = await FailsAsync(api.Admin.FindAsync(kafkas, "default", "kafka", Limit));

        Assert.Equal(
            $"GET kafkas.platform.example.io default/kafka on {Server}: 404 NotFound: the server does not serve this path "
            + "(404 page not found)",
            e.Message);
        Assert.False(e.IsNotFound);
    }

    [LabFact]
    public async Task Create_NameTaken_IsAlreadyExists()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a"], Limit);

        ApiException e = await FailsAsync(api.Admin.CreateAsync(ResourceType.ConfigMaps, @namespace, ApiServer.ConfigMap("a", "2"), Limit));

        Assert.Equal($"CREATE configmaps {@namespace}/a on {Server}: 409 AlreadyExists: configmaps \"a\" already exists", e.Message);
        Assert.True(e.IsAlreadyExists);
        Assert.False(e.IsConflict);
    }

    [LabFact]
    public async Task Replace_ObjectThatChangedMeanwhile_IsConflictAndChangesNothing()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        JsonObject first = await api.Admin.CreateAsync(ResourceType.ConfigMaps, @namespace, ApiServer.ConfigMap("a", "1"), Limit);
        JsonObject second = first.DeepClone().AsObject();
        second["data"]!["value"] = "2";
        await api.Admin.ReplaceAsync(ResourceType.ConfigMaps, @namespace, "a", second, null, Limit);
        first["data"]!["value"] = "3";

        ApiException e = await FailsAsync(api.Admin.ReplaceAsync(ResourceType.ConfigMaps, @namespace, "a", first, null, Limit));

        Assert.True(e.IsConflict);
        Assert.False(e.IsTransient);
        JsonObject now = await api.Admin.GetAsync(ResourceType.ConfigMaps, @namespace, "a", Limit);
        Assert.Equal("2", now["data"]!["value"]!.GetValue<string>());
    }

    [LabFact]
    public async Task Delete_WrongUid_IsConflictAndLeavesTheObject()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a"], Limit);
        DeleteOptions onlyAnother = new() { Uid = "00000000-0000-0000-0000-000000000000" };

        ApiException e = await FailsAsync(api.Admin.DeleteAsync(ResourceType.ConfigMaps, @namespace, "a", onlyAnother, Limit));

        Assert.True(e.IsConflict);
        Assert.NotNull(await api.Admin.FindAsync(ResourceType.ConfigMaps, @namespace, "a", Limit));
    }

    [LabFact]
    public async Task Apply_FieldOfAnotherManager_ConflictNamesManagerAndField()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a"], Limit);
        ApplyOptions other = new() { FieldManager = "other" };

        ApiException e = await FailsAsync(
            api.Admin.ApplyAsync(ResourceType.ConfigMaps, @namespace, "a", ApiServer.ConfigMap("a", "2"), other, Limit));

        Assert.Equal(
            $"APPLY configmaps {@namespace}/a on {Server}: 409 Conflict: Apply failed with 1 conflict: "
            + "conflict with \"orchestrator\" using v1: .data.value",
            e.Message);
        Assert.True(e.IsConflict);
    }

    [LabFact]
    public async Task Create_InvalidObject_NamesTheField()
    {
        ApiException e = await FailsAsync(
            api.Admin.CreateAsync(ResourceType.ConfigMaps, "default", ApiServer.ConfigMap("Upper", "1"), Limit));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Invalid", false), (e.StatusCode, e.Reason, e.IsTransient));
        Assert.Equal("metadata.name", e.Status!["details"]!["causes"]![0]!["field"]!.GetValue<string>());
    }

    [LabFact]
    public async Task Create_MisspelledField_IsRefusedInsteadOfDropped()
    {
        JsonObject misspelled = ApiServer.ConfigMap("a", "1");
        misspelled["dta"] = new JsonObject();

        ApiException e = await FailsAsync(api.Admin.CreateAsync(ResourceType.ConfigMaps, "default", misspelled, Limit));

        Assert.Equal(HttpStatusCode.BadRequest, e.StatusCode);
        Assert.EndsWith("strict decoding error: unknown field \"dta\"", e.Message, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task JsonPatch_TestThatDoesNotHold_IsInvalidAndChangesNothing()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a"], Limit);
        JsonArray patch = new(
            new JsonObject { ["op"] = "test", ["path"] = "/data/value", ["value"] = "other" },
            new JsonObject { ["op"] = "replace", ["path"] = "/data/value", ["value"] = "new" });

        ApiException e = await FailsAsync(api.Admin.JsonPatchAsync(ResourceType.ConfigMaps, @namespace, "a", patch, null, Limit));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, e.StatusCode);
        JsonObject now = await api.Admin.GetAsync(ResourceType.ConfigMaps, @namespace, "a", Limit);
        Assert.Equal("a", now["data"]!["value"]!.GetValue<string>());
    }

    private static Task<ApiException> FailsAsync(Task call) => Assert.ThrowsAsync<ApiException>(() => call);
}
