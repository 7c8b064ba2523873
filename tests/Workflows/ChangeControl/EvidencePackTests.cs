using System.Text;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>A pack proves that it is whole, and says what is not.</summary>
public sealed class EvidencePackTests
{
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly string _hash;

    public EvidencePackTests()
    {
        _files["plan.json"] = Encoding.UTF8.GetBytes("{}");
        _files[EvidencePack.AuditFile] = EvidencePack.AuditLines(Chain(3));
        byte[] manifest = EvidencePack.Manifest("CHG-20261121-ABCDEF", _files);
        _files[EvidenceManifest.FileName] = manifest;
        _hash = EvidencePack.HashOf(manifest);
    }

    [Fact]
    public void Pack_AsItWasWritten_IsWhole() => Assert.Empty(EvidencePack.Verify(_files, _hash));

    [Fact]
    public void Pack_FileChanged_IsNamed()
    {
        _files["plan.json"] = Encoding.UTF8.GetBytes("{ }");

        Assert.Equal(
            ["plan.json was changed: it has 3 bytes, the manifest lists 2, or its hash differs."], EvidencePack.Verify(_files, _hash));
    }

    [Fact]
    public void Pack_FileMissingOrPutIn_IsNamed()
    {
        _files.Remove("plan.json");
        _files["more.json"] = [];

        Assert.Equal(["plan.json is missing.", "more.json is not in the manifest."], EvidencePack.Verify(_files, _hash));
    }

    [Fact]
    public void Pack_MadeAnewToFit_HasAnotherHash()
    {
        _files["plan.json"] = Encoding.UTF8.GetBytes("[]");
        _files.Remove(EvidenceManifest.FileName);
        _files[EvidenceManifest.FileName] = EvidencePack.Manifest("CHG-20261121-ABCDEF", _files);

        Assert.Empty(EvidencePack.Verify(_files));
        Assert.Contains("but the change recorded", Assert.Single(EvidencePack.Verify(_files, _hash)), StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_WithoutItsManifest_SaysSo()
    {
        _files.Remove(EvidenceManifest.FileName);

        Assert.Equal(["The pack has no manifest.json."], EvidencePack.Verify(_files, _hash));
    }

    [Fact]
    public void Chain_EventChangedDroppedOrPutIn_IsNamed()
    {
        List<AuditEvent> chain = Chain(3);

        Assert.Empty(AuditChain.Verify(chain));
        Assert.Equal(
            ["Event 1 of CHG-20261121-ABCDEF (step.done) was changed after it was written."],
            AuditChain.Verify([chain[0], chain[1] with { Sentence = "other" }, chain[2]]));
        Assert.Equal(
            ["Event 1 of CHG-20261121-ABCDEF has the number 2.", "Event 1 of CHG-20261121-ABCDEF does not follow the one before it."],
            AuditChain.Verify([chain[0], chain[2]]));
    }

    [Fact]
    public void Chain_ReadBack_IsTheSame() => Assert.Empty(EvidencePack.Verify(_files));

    private static List<AuditEvent> Chain(int events)
    {
        List<AuditEvent> chain = [];
        for (int seq = 0; seq < events; seq++)
        {
            chain.Add(AuditChain.Seal(new AuditEvent(
                1,
                "CHG-20261121-ABCDEF",
                seq,
                "2026-11-21T12:00:00.123Z",
                AuditTypes.StepDone,
                "system",
                "RollKafkaCluster",
                ChangeTier.T2,
                "lab/confluent",
                null,
                $"step-{seq}",
                1,
                "plan",
                "ok",
                null,
                "Done → „ok“.",
                null,
                null,
                "workflow",
                "run",
                seq == 0 ? AuditChain.Genesis : chain[^1].Hash!)));
        }

        return chain;
    }
}
