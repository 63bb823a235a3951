"""Link previews: what is shown of the pages, images and films that messages link to."""
