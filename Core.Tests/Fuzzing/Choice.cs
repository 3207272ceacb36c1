using CsCheck;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>One of some values; the first is what a failure is shrunk to.</summary>
internal static class Choice
{
    public static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
