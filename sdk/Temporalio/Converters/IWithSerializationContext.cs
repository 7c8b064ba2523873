namespace Temporalio.Converters;

/// <summary>A converter or codec that depends on what a value belongs to.</summary>
/// <typeparam name="T">What it is: <see cref="IPayloadConverter"/>, <see cref="IFailureConverter"/>, and so on.</typeparam>
public interface IWithSerializationContext<out T>
{
    /// <summary>The converter or codec for this context; itself when the context makes no difference.</summary>
    T WithSerializationContext(ISerializationContext context);
}
