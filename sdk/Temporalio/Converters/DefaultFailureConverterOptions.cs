namespace Temporalio.Converters;

/// <summary>Options of the default failure converter.</summary>
public class DefaultFailureConverterOptions : ICloneable
{
    /// <summary>
    /// Whether message and stack trace move into a payload of their own, which the codec then encodes. Default false.
    /// </summary>
    public bool EncodeCommonAttributes { get; set; }

    /// <summary>A shallow copy.</summary>
    public virtual object Clone() => MemberwiseClone();
}
