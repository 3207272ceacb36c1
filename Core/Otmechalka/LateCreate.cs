using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// A create whose answer does not show what became of it, and which a search directly after did not find: the server may still carry it
/// out. Sent again too soon it would make a double (docs/spec.md, section 6, invariant 2).
/// </summary>
internal static class LateCreate
{
    /// <summary>Whether a create that ended so may still be carried out.</summary>
    public static bool IsPossible(UnavailableException failure) =>
        IsWithoutAnswer(failure) || IsGatewayGivingUp(failure) || IsSuccessWithoutTheObject(failure);

    /// <summary>What is told of a create that the search did not find.</summary>
    /// <param name="answer">What is known of the create.</param>
    /// <param name="failure">What it failed with; <see langword="null"/> when there was an answer about this record.</param>
    /// <exception cref="UnavailableException">otmechalka cannot be used now, and the create was not carried out.</exception>
    public static OtmechalkaAnswer NotFound(OtmechalkaAnswer answer, UnavailableException? failure)
    {
        if (failure is null || IsWithoutAnswer(failure))
        {
            return answer; // the search got an answer: it is this record's matter
        }

        return answer.MayStillArrive ? answer with { Failure = failure } : throw failure;
    }

    private static bool IsWithoutAnswer(UnavailableException failure) =>
        failure.IsTimeout || failure.Code == UnavailableException.Connection;

    // On the server behind it, which may go on: networks in front of servers have made up statuses of their own for that, 524 among them.
    // 503 says that nothing was begun.
    private static bool IsGatewayGivingUp(UnavailableException failure) =>
        failure.Code.StartsWith("HTTP 5", StringComparison.Ordinal) && failure.Code != "HTTP 503";

    // It says "done", or "queued" (202), and does not show what. A page in the API's place comes from somebody else.
    private static bool IsSuccessWithoutTheObject(UnavailableException failure) =>
        failure.Code is AnswerObject.NotTheObject or UnavailableException.TooLarge
        || failure.Code.StartsWith("HTTP 2", StringComparison.Ordinal);
}
