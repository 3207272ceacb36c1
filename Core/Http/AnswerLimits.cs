namespace B24Otmechalka.Core.Http;

/// <summary>
/// How large an answer may be after decompression, in bytes; a larger one is no answer, and its system is unavailable
/// (docs/spec.md, section 6).
/// </summary>
internal static class AnswerLimits
{
    /// <summary>A batch of 2,500 cards has a tenth of it.</summary>
    public const int Bitrix24 = 32 * 1024 * 1024;

    /// <summary>One client or ticket, or what is wrong with it.</summary>
    public const int Otmechalka = 1024 * 1024;
}
