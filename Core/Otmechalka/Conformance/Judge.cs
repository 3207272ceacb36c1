namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>Compares one answer with what the contract promises. <see langword="null"/> means: kept.</summary>
internal static class Judge
{
    /// <summary>An answer that should be the record itself.</summary>
    public static Deviation? OfSuccess(Exchange answer, string originId) =>
        answer.Status switch
        {
            200 or 201 => OfObject(answer, originId),
            >= 200 and < 300 => Deviations.OtherSuccess,
            >= 300 and < 400 => Deviations.Redirect,
            401 or 402 or 403 => Deviations.NoRights,
            404 or 405 => Deviations.NoSuchAddress,
            _ when answer.IsOutage => Deviations.NoAnswer,
            >= 400 and < 500 => Deviations.GoodRefused,
            _ => Deviations.GoodFails,
        };

    /// <summary>An answer that should say that there is no such record.</summary>
    public static Deviation? OfAbsence(Exchange answer) =>
        answer.Status switch
        {
            404 => answer.IsObject ? null : Deviations.AbsentIsPage,
            200 or 201 when answer.Id.Length > 0 => Deviations.OtherRecord,
            >= 200 and < 300 => Deviations.AbsentIsSuccess,
            >= 300 and < 400 => Deviations.Redirect,
            401 or 402 or 403 => Deviations.KeyRefused,
            _ when answer.IsOutage => Deviations.NoAnswer,
            >= 400 and < 500 => Deviations.AbsentIsRefused,
            _ => Deviations.GoodFails,
        };

    /// <summary>An answer to a search without the right key.</summary>
    public static Deviation? OfStranger(Exchange answer) =>
        answer.Status switch
        {
            401 or 402 or 403 => answer.IsObject ? null : Deviations.ErrorIsPage,
            (>= 200 and < 300) or 404 => Deviations.KeyIgnored,
            >= 300 and < 400 => Deviations.KeyOtherwise,
            _ when answer.IsOutage => Deviations.KeyOtherwise,
            _ => Deviations.KeyAsRecord,
        };

    /// <summary>An answer that should refuse a record and say why.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="originId">The external ID that was sent; empty where none was.</param>
    /// <param name="field">The field that is at fault; <see langword="null"/> where it is the body as a whole.</param>
    /// <param name="taken">What it means when the record is taken all the same.</param>
    public static Deviation? OfRefusal(Exchange answer, string originId, string? field, Deviation taken) =>
        answer.Status switch
        {
            200 or 201 => OfObject(answer, originId) is null || answer.Id.Length > 0 ? taken : Deviations.ErrorIsSuccess,
            >= 200 and < 300 => Deviations.ErrorIsSuccess,
            >= 300 and < 400 => Deviations.Redirect,
            401 or 402 or 403 => Deviations.ErrorIsKey,
            404 => Deviations.ErrorIs404,
            _ when answer.IsOutage => Deviations.ErrorIsOutage,
            >= 400 and < 500 => OfMessages(answer, field),
            _ => Deviations.ErrorIs500,
        };

    private static Deviation? OfMessages(Exchange answer, string? field)
    {
        if (!answer.IsObject)
        {
            return ErrorReader.Read(answer.Body).Text.Length == 0 ? Deviations.ErrorSilent : Deviations.ErrorIsPage;
        }

        var said = ErrorReader.Read(answer.Body).Text;
        return said.Length == 0 ? Deviations.ErrorSilent
            : field is null ? null
            : answer.NamesInForm(field)
                ? answer.Status == 400 ? null
                    : Deviations.ErrorOtherStatus
            : said.Contains(OtmechalkaTexts.Fields[field], StringComparison.Ordinal) ? Deviations.ErrorOtherForm
            : Deviations.ErrorUnnamed;
    }

    private static Deviation? OfObject(Exchange answer, string originId) =>
        AnswerObject.WhyNot(answer.Body, originId) switch
        {
            null => null,
            AnswerObject.NoJson => Deviations.SuccessIsPage,
            _ when answer.Id.Length > 0 && answer.Fields.Any(field => field.Name == "origin_id" && field.Values.Count > 0) =>
                Deviations.OtherRecord,
            _ => Deviations.NoObject,
        };
}
