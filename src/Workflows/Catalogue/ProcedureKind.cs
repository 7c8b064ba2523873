using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Catalogue;

/// <summary>What a procedure does, and with it which part of the frame it runs in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProcedureKind>))]
public enum ProcedureKind
{
    /// <summary>Plans, asks for approvals, locks, acts, and puts back what it changed where it fails.</summary>
    Change,

    /// <summary>Reads and judges: no approval, no lock, nothing is changed.</summary>
    Assessment,
}
