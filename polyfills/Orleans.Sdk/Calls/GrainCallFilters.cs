namespace Orleans;

/// <summary>Sees each call that arrives at a grain.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Handles one call; the call goes on when it calls <see cref="IGrainCallContext.Invoke"/>.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}

/// <summary>Sees each call before it is sent.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Handles one call; the call goes on when it calls <see cref="IGrainCallContext.Invoke"/>.</summary>
    Task Invoke(IOutgoingGrainCallContext context);
}

/// <summary>An <see cref="IIncomingGrainCallFilter"/> as a delegate.</summary>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);

/// <summary>An <see cref="IOutgoingGrainCallFilter"/> as a delegate.</summary>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
