using System.Reflection;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>Stands in front of a service whose methods are asynchronous: something can happen before and after each call.</summary>
#pragma warning disable CA1852 // A proxy is a class that is derived at run time.
internal class Intercepted<T> : DispatchProxy
#pragma warning restore CA1852
    where T : class
{
    private static readonly MethodInfo Generic =
        typeof(Intercepted<T>).GetMethod(nameof(InvokeAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private T _inner = null!;
    private Func<string, object?[], Task> _before = null!;
    private Func<string, Task> _after = null!;

    /// <param name="inner">The service.</param>
    /// <param name="before">Is told the method's name and arguments; what it throws, the caller sees.</param>
    /// <param name="after">Is told the method's name when it has answered; the caller waits for it.</param>
    public static T Around(T inner, Func<string, object?[], Task>? before = null, Func<string, Task>? after = null)
    {
        var proxy = Create<T, Intercepted<T>>();
        var intercepted = (Intercepted<T>)(object)proxy;
        intercepted._inner = inner;
        intercepted._before = before ?? ((_, _) => Task.CompletedTask);
        intercepted._after = after ?? (_ => Task.CompletedTask);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Generic.MakeGenericMethod(targetMethod!.ReturnType.GetGenericArguments()[0]).Invoke(this, [targetMethod, args ?? []]);

    private async Task<TResult> InvokeAsync<TResult>(MethodInfo method, object?[] args)
    {
        await _before(method.Name, args);
        var result = await (Task<TResult>)method.Invoke(_inner, args)!;
        await _after(method.Name);
        return result;
    }
}
