using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Activities.Secrets;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Secrets;

[Collection(KubeLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class SecretReaderTests(KubeLab lab) : BoundedTest
{
    private const string Value = "Pa55-of-the-test";

    [LabFact]
    public async Task Read_ASecretOrAFile_GivesTheValueOrTheNamedPropertyOfIt()
    {
        string space = await SecretAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"username=alice\npassword={Value}\n", Limit);

        Assert.Equal(Value, await ReadAsync(space, "secret:client/password"));
        Assert.Equal(Value, await ReadAsync("default", $"secret:{space}/client/plain.txt#password"));
        Assert.Equal(Value, await ReadAsync("default", $"file:{file}#password"));
        File.Delete(file);
    }

    [LabTheory]
    [InlineData("secret:nobody/password", "there is no Secret SPACE/nobody.")]
    [InlineData("secret:client/passwort", "Secret SPACE/client has no key passwort; it has password, plain.txt.")]
    [InlineData("secret:client/plain.txt#token", "none of its lines begins with token=.")]
    [InlineData("file:/nowhere/password", "Could not find a part of the path '/nowhere/password'.")]
    public async Task Read_WhatIsNotThere_NamesTheReferenceAndWhatIsMissing(string reference, string reason)
    {
        string space = await SecretAsync();

        SecretUnreadableException error = await Assert.ThrowsAsync<SecretUnreadableException>(() => ReadAsync(space, reference));

        Assert.Equal($"Could not read {reference}: {reason.Replace("SPACE", space, StringComparison.Ordinal)}", error.Message);
        Assert.Equal((FailureClass.Blocked, FailureTypes.SecretUnreadable), Failures.Classify(error));
    }

    private Task<string> ReadAsync(string space, string text)
    {
        Assert.True(SecretReference.TryParse(text, out SecretReference? reference));
        return new SecretReader(lab.Admin, space).ReadAsync(reference, Limit);
    }

    private async Task<string> SecretAsync()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        JsonObject secret = new()
        {
            ["metadata"] = new JsonObject { ["name"] = "client" },
            ["data"] = new JsonObject { ["password"] = Encoded(Value), ["plain.txt"] = Encoded($"username=alice\npassword={Value}\n") },
        };
        await lab.Admin.CreateAsync(ResourceType.Secrets, space, secret, Limit);
        return space;
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
