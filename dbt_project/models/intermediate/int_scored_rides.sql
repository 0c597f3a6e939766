{{ scored_rides() }}
