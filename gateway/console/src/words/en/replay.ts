export default { title: 'Replays' }
